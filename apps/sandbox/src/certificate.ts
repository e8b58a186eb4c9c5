/**
 * A self-signed X.509 certificate, written out by hand: `GET /v3/certificates` must hand over a real one, and Node can
 * read certificates but not make them. Only what that needs: version 3, RSA key, SHA-256, a common name.
 */
import { createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const TAG = {
  integer: 0x02,
  bits: 0x03,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
}
const SHA256_WITH_RSA = Buffer.from('2a864886f70d01010b', 'hex')
const COMMON_NAME = Buffer.from('550403', 'hex')
const VERSION_3 = Buffer.from([2])

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content])
}

const lengthOf = (content: Buffer): Buffer => {
  if (content.length < 0x80) return Buffer.from([content.length])
  const hex = content.length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

const name = (commonName: string): Buffer =>
  der(
    TAG.sequence,
    der(TAG.set, der(TAG.sequence, der(TAG.oid, COMMON_NAME), der(TAG.utf8, Buffer.from(commonName)))),
  )

const utcTime = (at: Date): Buffer =>
  der(TAG.utcTime, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/\D/g, '')}Z`))

/** A certificate for `key`, signed by itself. `serial` is upper-case hex whose first digit is 1 to 7 (positive). */
export const selfSigned = (
  key: KeyObject,
  serial: string,
  commonName: string,
  from: Date,
  to: Date,
): string => {
  const algorithm = der(TAG.sequence, der(TAG.oid, SHA256_WITH_RSA), der(TAG.nothing))
  const body = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, VERSION_3)),
    der(TAG.integer, Buffer.from(serial, 'hex')),
    algorithm,
    name(commonName),
    der(TAG.sequence, utcTime(from), utcTime(to)),
    name(commonName),
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
  )
  const unusedBits = Buffer.from([0])
  const certificate = der(TAG.sequence, body, algorithm, der(TAG.bits, unusedBits, sign('sha256', body, key)))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
