/** A server side in a process of its own, to be killed: address and token of Home Assistant, address of the broker. */
import process from 'node:process'
import { startServerSide } from '../server-side.ts'
import { viewOf } from '../views.ts'

const [url = '', token = '', broker = ''] = process.argv.slice(2)
const side = startServerSide({ url, token }, { mqtt: { url: broker, sddcManager: 'https://sddc-manager.vcf.lab' } })
side.hub.publish(viewOf('vcf-m01'))
