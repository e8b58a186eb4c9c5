/** `GET /v3/certificates`: the platform certificate, encrypted with the APIv3 key. */
import { X509Certificate } from 'node:crypto'
import { nonceText, sealText } from '../crypto.ts'
import { beijingTime } from '../ids.ts'
import type { Endpoint } from './endpoint.ts'

const NONCE_LENGTH = 12

export const certificates: Endpoint = {
  route: 'certificates',
  method: 'GET',
  path: '/v3/certificates',
  about: () => ({}),
  answer: ({ keys }) => {
    const pem = keys.certificate.certificatePem ?? ''
    const { validFromDate, validToDate } = new X509Certificate(pem)
    const nonce = nonceText(NONCE_LENGTH)
    return {
      status: 200,
      body: {
        data: [
          {
            serial_no: keys.certificate.id,
            effective_time: beijingTime(validFromDate),
            expire_time: beijingTime(validToDate),
            encrypt_certificate: {
              algorithm: 'AEAD_AES_256_GCM',
              nonce,
              associated_data: 'certificate',
              ciphertext: sealText(pem, keys.apiV3Key, nonce, 'certificate'),
            },
          },
        ],
      },
    }
  },
}
