import { useState } from 'react'
import { z } from 'zod'
import type { Costs } from './threshold-points.ts'

const stored = z.object({ falsePositive: z.number().nonnegative(), falseNegative: z.number().nonnegative() })

/** Nothing known: every mistake counts the same. */
const EQUAL: Costs = { falsePositive: 1, falseNegative: 1 }

function read(key: string): Costs {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(key) ?? 'null'))
  } catch {
    return EQUAL
  }
}

/** What mistakes about a target cost, as the user said last on this machine. */
export function useCosts(project: string, target: string): readonly [Costs, (costs: Costs) => void] {
  const key = `millrace-costs-${project}-${target}`
  const [held, setHeld] = useState<{ readonly key: string; readonly costs: Costs }>()
  const costs = held?.key === key ? held.costs : read(key)
  const change = (next: Costs): void => {
    localStorage.setItem(key, JSON.stringify(next))
    setHeld({ key, costs: next })
  }
  return [costs, change]
}
