import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalJson, hashValue, sha256, sha256File } from '../../../src/main/base/hash.ts'

describe('hash', () => {
  it('is SHA-256 (FIPS 180-2 test vector)', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('reads a file to the same hash as its bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-hash-'))
    const bytes = new Uint8Array(3_000_001).map((_, i) => i % 251)
    await writeFile(join(folder, 'file'), bytes)
    expect(await sha256File(join(folder, 'file'))).toBe(sha256(bytes))
    await rm(folder, { recursive: true })
  })
})

describe('canonicalJson', () => {
  it('does not depend on the order of keys, at any depth, but on the order of lists', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, 2], c: undefined } })).toBe('{"a":{"d":[1,2]},"b":1}')
    expect(hashValue({ a: 1, b: 2 })).toBe(hashValue({ b: 2, a: 1 }))
    expect(hashValue([1, 2])).not.toBe(hashValue([2, 1]))
  })

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
