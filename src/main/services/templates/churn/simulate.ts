import type { Rng } from '../../../base/rng.ts'
import { churnLogit } from './churn-logit.ts'
import { contracts, paymentMethods, plans, regions, type Customer } from './customer.ts'
import { dayInMonth, parseMonth } from './month.ts'

/** What to simulate. */
export type SimulationOptions = {
  readonly rows: number
  /** First and last month of observation, YYYY-MM; every month between is equally likely. */
  readonly from: string
  readonly until: string
  /**
   * 0: every month is like the first. Up to 1: towards the last month prices rise, customers move to monthly contracts and
   * use less, and call more often, in proportion to the time that has passed.
   */
  readonly drift: number
  /** Smallest number in the customers' ids. */
  readonly firstId: number
}

type Shift = { readonly price: number; readonly freedom: number; readonly usage: number; readonly calls: number }

/** How far the market has moved when the share `moved` (0 … 1) of the whole drift is behind it. */
function shiftAt(moved: number): Shift {
  return { price: 1 + 0.22 * moved, freedom: 0.25 * moved, usage: 1 - 0.3 * moved, calls: 1 + 0.8 * moved }
}

/** An item drawn with the given probabilities, which sum to 1. */
function draw<T>(items: readonly T[], weights: readonly number[], rng: Rng): T {
  let left = rng.uniform()
  for (const [i, item] of items.entries()) {
    left -= weights[i] ?? 0
    if (left < 0) return item
  }
  return items[items.length - 1] as T
}

/** A Poisson count by Knuth's product of uniforms; for small means. */
function poisson(mean: number, rng: Rng): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = rng.uniform(); product > limit; product *= rng.uniform()) count++
  return count
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Contracts by how long customers have stayed: the loyal sign for longer. `freedom` moves share to monthly contracts. */
function drawContract(tenure: number, freedom: number, rng: Rng): Customer['contract'] {
  const loyalty = tenure / (tenure + 30)
  const one = (0.16 + 0.16 * loyalty) * (1 - freedom)
  const two = (0.06 + 0.48 * loyalty) * (1 - freedom)
  return draw(contracts, [1 - one - two, one, two], rng)
}

const listPrice: Readonly<Record<Customer['plan'], number>> = { Basic: 19, Standard: 34, Premium: 55, Business: 82 }
const usualUsage: Readonly<Record<Customer['plan'], number>> = { Basic: 6, Standard: 16, Premium: 38, Business: 60 }

function simulateCustomer(id: string, month: number, shift: Shift, rng: Rng): Customer {
  const tenureMonths = Math.floor(Math.min(95, -24 * Math.log(1 - rng.uniform())))
  const contract = drawContract(tenureMonths, shift.freedom, rng)
  const plan = draw(plans, [0.3, 0.36, 0.24, 0.1], rng)
  const addOns = Math.min(4, poisson(0.9, rng))
  const contractDiscount = contract === 'Two year' ? 0.86 : contract === 'One year' ? 0.93 : 1
  const personal = Math.exp(0.12 * rng.normal())
  const usage = usualUsage[plan] * Math.exp(0.55 * rng.normal()) * shift.usage
  const usageChange = clamp(4 + 20 * rng.normal() - (rng.uniform() < 0.16 ? 35 : 0) - 30 * (1 - shift.usage), -95, 140)
  const supportCalls = poisson((0.7 + (usageChange < -25 ? 0.7 : 0)) * shift.calls, rng)
  const latePayments = poisson(0.35, rng)
  const known = {
    id,
    region: draw(regions, [0.28, 0.22, 0.24, 0.2, 0.06], rng),
    signupDate: dayInMonth(month - tenureMonths, 1 + rng.below(28)),
    tenureMonths,
    contract,
    plan,
    paymentMethod: draw(paymentMethods, [0.38, 0.3, 0.18, 0.14], rng),
    monthlyCharge: round((listPrice[plan] * contractDiscount * personal + 5 * addOns) * shift.price, 2),
    dataUsedGb: round(usage, 1),
    usageChangePercent: round(usageChange, 1),
    supportCalls,
    planChanges: Math.min(4, poisson(0.4, rng)),
    latePayments,
    addOns,
    satisfaction: clamp(Math.round(4.1 - 0.5 * supportCalls + 0.9 * rng.normal()), 1, 5),
  }
  const probability = 1 / (1 + Math.exp(-churnLogit(known)))
  return { ...known, churned: rng.uniform() < probability }
}

/** Customers of a subscription business, in random order of their ids. The same options and generator give the same customers. */
export function simulateCustomers(options: SimulationOptions, rng: Rng): readonly Customer[] {
  const first = parseMonth(options.from)
  const months = parseMonth(options.until) - first + 1
  if (months < 1) throw new RangeError(`The last month (${options.until}) comes before the first (${options.from})`)
  const ids = rng.shuffle(Uint32Array.from({ length: options.rows }, (_, i) => i))
  const customers: Customer[] = []
  for (let i = 0; i < options.rows; i++) {
    const passed = rng.below(months)
    const moved = months === 1 ? options.drift : (options.drift * passed) / (months - 1)
    const id = `C-${String(options.firstId + (ids[i] as number))}`
    customers.push(simulateCustomer(id, first + passed, shiftAt(moved), rng))
  }
  return customers
}
