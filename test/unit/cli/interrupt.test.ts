import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/main/hosts/cli/interrupt.ts'

describe('Ctrl-C', () => {
  it('ends a command that has nothing to finish', () => {
    expect(decide({ at: 0, firstAt: undefined, graceful: false })).toBe('exit')
  })

  it('stops work in order at first, at once when pressed again', () => {
    expect(decide({ at: 1000, firstAt: undefined, graceful: true })).toBe('stop')
    expect(decide({ at: 2000, firstAt: 1000, graceful: true })).toBe('exit')
  })

  it('counts the copies that terminal, npm and launcher pass on as one press', () => {
    expect(decide({ at: 1020, firstAt: 1000, graceful: true })).toBe('ignore')
  })
})
