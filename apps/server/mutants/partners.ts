import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const WALK = 'test/contract/partner-routes.test.ts'

export const partners: readonly Guard[] = [
  {
    name: 'partners · the signature',
    file: `${R}/partners/admitting.ts`,
    find: 'if (!signatureFits(materialOf(key), request)) refuse(signatureWrong)',
    replace: '',
    tests: [WALK],
  },
  {
    name: 'partners · the body is signed',
    file: `${R}/partners/signing.ts`,
    find: 'update(body)',
    replace: "update('')",
    tests: [WALK, `${STORIES}/partners.test.ts`],
  },
  {
    name: 'partners · the clock',
    file: `${R}/partners/admitting.ts`,
    find: 'if (Math.abs(off) > CLOCK_WINDOW_S) refuse(clockOff',
    replace: 'if (off > CLOCK_WINDOW_S) refuse(clockOff',
    tests: [WALK],
  },
  {
    name: 'partners · a nonce once',
    file: `${R}/partners/admitting.ts`,
    find: 'if (entered.calls === null) refuse(replayed)',
    replace: 'if (entered.calls === null) return',
    tests: [WALK],
  },
  {
    name: 'partners · a key that has ended',
    file: `${R}/partners/admitting.ts`,
    find: 'if (key.endedAt || key.expiresAt <= clock.now()) refuse(keyEnded)',
    replace: '',
    tests: [WALK],
  },
  {
    name: 'partners · a key that has expired',
    file: `${R}/partners/admitting.ts`,
    find: ' || key.expiresAt <= clock.now()) refuse(keyEnded)',
    replace: ') refuse(keyEnded)',
    tests: [WALK],
  },
  {
    name: 'partners · a partner that was stopped',
    file: `${R}/partners/admitting.ts`,
    find: 'if (!key.active) refuse(partnerOff)',
    replace: '',
    tests: [WALK],
  },
  {
    name: 'partners · scopes',
    file: `${R}/partners/admitting.ts`,
    find: 'if (scope !== undefined && !key.scopes.includes(scope)) refuse(scopeMissing, { scope })',
    replace: '',
    tests: [WALK],
  },
  {
    name: 'partners · their own stores',
    file: 'src/kernel/signed.ts',
    find: 'if (foreign !== undefined) throw new Problem(storeForeign',
    replace: "if (foreign === '') throw new Problem(storeForeign",
    tests: [WALK],
  },
  {
    name: 'partners · calls in a minute',
    file: `${R}/partners/admitting.ts`,
    find: 'else if (entered.calls > entered.perMinute)',
    replace: 'else if (entered.calls < 0)',
    tests: [WALK],
  },
  {
    name: 'partners · two keys at most',
    file: `${R}/partners/clients.ts`,
    find: '?? refuse(keysFull)',
    replace: '?? 2',
    tests: [`${STORIES}/partners.test.ts`],
  },
  {
    name: 'partners · public keys only',
    file: `${R}/partners/signing.ts`,
    find: 'if (!/^\\s*-----BEGIN PUBLIC KEY-----/.test(pem)) return undefined',
    replace: '',
    tests: [`${STORIES}/partners.test.ts`],
  },
  {
    name: 'partners · who fills the log',
    file: `${R}/partners/calls.ts`,
    find: "if (call.code === 'partners.key_unknown' || isOneTooMany(call)) return",
    replace: '',
    tests: [`${STORIES}/partners.test.ts`],
  },
]
