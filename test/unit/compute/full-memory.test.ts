import { describe, expect, it } from 'vitest'
import { loadSharedModule } from '../../../src/main/compute/backends/wasm-module.ts'

describe('memory of tensors', () => {
  it('ends with an error that says what to set, not with an address that is taken', async () => {
    const { module } = await loadSharedModule()
    const addresses: number[] = []
    const fill = (): void => {
      for (let i = 0; i < 40; i++) addresses.push(module._malloc(2 ** 28))
    }
    expect(fill).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'out-of-memory', nextStep: expect.stringContaining('batchSize') as string }) as object }) as Error)
    expect(addresses.length).toBeGreaterThan(7)
    expect(addresses).not.toContain(0)
    for (const address of addresses) module._free(address)
    expect(module._malloc(2 ** 28)).not.toBe(0)
  })
})
