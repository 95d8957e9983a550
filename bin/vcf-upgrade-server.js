#!/usr/bin/env node
import { existsSync } from 'node:fs'
import process from 'node:process'

const [major, minor] = process.versions.node.split('.').map(Number)
const newEnough = major > 24 || (major === 24 && minor >= 15) || (major === 22 && minor >= 22)
if (!newEnough) {
  console.error(
    `vcf-upgrade-server needs Node 24.15 or newer (or 22.22); this is ${process.versions.node}. Install Node 24 and start again.`,
  )
  process.exit(1)
}

// An installed package carries JavaScript (Node strips no types below node_modules); a checkout runs its TypeScript as it stands.
const emitted = new URL('../lib/server/main.js', import.meta.url)
const source = new URL('../server/main.ts', import.meta.url)
await import(existsSync(source) ? source.href : emitted.href)
