/** What the documents tell people to write and call is what the server takes and says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { readConfig } from '../../server/config.ts'
import { makeCertificate } from '../../server/simulator/certificate.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(top, path), 'utf8')

test('the settings file of the README is one', async () => {
  const { cert } = await makeCertificate()
  const [, json] = /cat > settings\.json <<'EOF'\n([\s\S]*?)EOF/.exec(read('README.md'))!
  const files: Record<string, string> = {
    'settings.json': json!,
    'ha-token.txt': 'token\n',
    'vcf-password.txt': 'secret\n',
    'vcf-ca.pem': cert,
  }

  const { config, warnings } = readConfig({}, 'settings.json', (path) => files[basename(path)]!)

  assert.deepEqual([config.homeAssistant.token, config.vcf.password, warnings], ['token', 'secret', []])
})

test('the Compose file is one, and passes on arguments of the server', () => {
  const [, yaml] = /```yaml\n(services:[\s\S]*?)```/.exec(read('docs/install.md'))!
  const { services } = parse(yaml!) as { services: Record<string, { command: string[]; volumes: string[] }> }

  assert.deepEqual(services['vcf-upgrade']!.command, ['--config', 'settings.json'])
  assert.ok(read('Dockerfile').includes(`VOLUME ${services['vcf-upgrade']!.volumes[0]!.split(':')[1]}\n`))
})

test('a package is made where all that builds it has been installed', () => {
  const lines = ['README.md', 'docs/install.md', 'app/DOCS.md', 'CONTRIBUTING.md'].flatMap((path) => read(path).split('\n'))
  const making = lines.filter((line) => /npm pack/.test(line) && !/After another/.test(line))

  assert.ok(making.length > 0)
  for (const line of making) assert.match(line, /npm ci && npm pack/)
})
