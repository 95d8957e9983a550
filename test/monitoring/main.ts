/** `npm run test:budget`: what ten hours of rest cost SDDC Manager, in requests per minute. */
import process from 'node:process'
import { idleBudget } from './budget.ts'

const hours = 10
const most = 10

for (const vcf of ['5.2.1', '9.0.2'] as const) {
  const { domains, clusters, hosts, requests, perMinute, busiest, paths } = await idleBudget(vcf, hours)
  console.log(`VCF ${vcf}: ${domains} domains, ${clusters} clusters, ${hosts} hosts, ${hours} hours at rest with the default settings`)
  console.log(
    `  ${requests} requests: ${perMinute.toFixed(2)} a minute, ${busiest} in the busiest minute (it looks for updates); allowed: ${most} a minute`,
  )
  for (const [path, times] of Object.entries(paths).toSorted(([, a], [, b]) => b - a))
    console.log(`  ${String(times).padStart(6)}  ${path}`)
  if (perMinute > most) process.exitCode = 1
}
