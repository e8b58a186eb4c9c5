import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInside, urlFault } from './address.ts'

const ADDRESSES: readonly [address: string, inside: boolean][] = [
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['224.0.0.1', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:7f00:1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['2606:4700:4700::1111', false],
  ['nonsense', true],
]
for (const [address, inside] of ADDRESSES)
  test(`${address} is ${inside ? 'inside' : 'on the public net'}`, () =>
    assert.equal(isInside(address), inside))

const URLS: readonly [url: string, fault: string | undefined][] = [
  ['https://erp.example.com/hook', undefined],
  ['http://erp.example.com/hook', 'address_invalid'],
  ['https://user:secret@erp.example.com/', 'address_invalid'],
  ['ftp://erp.example.com/', 'address_invalid'],
  ['https://127.0.0.1/', 'address_inside'],
  ['https://2130706433/', 'address_inside'],
  ['https://0x7f.1/', 'address_inside'],
  ['https://[::1]/', 'address_inside'],
  ['https://localhost/', 'address_inside'],
  ['https://erp/', 'address_inside'],
  ['https://db.internal/', 'address_inside'],
  ['nonsense', 'address_invalid'],
]
for (const [url, fault] of URLS)
  test(`an endpoint at ${url}: ${fault ?? 'taken'}`, () => assert.equal(urlFault(url, false), fault))
test('for development an inside address is taken where the setting says so', () =>
  assert.equal(urlFault('http://127.0.0.1:4402/hook', true), undefined))
