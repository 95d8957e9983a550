import { generate } from 'selfsigned'

/** PEM of a certificate made now. */
export async function makeCertificate(): Promise<string> {
  const { cert } = await generate([{ name: 'commonName', value: 'ca.example.test' }])
  return cert
}
