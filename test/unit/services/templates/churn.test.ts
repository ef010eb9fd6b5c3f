import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { churnLogit } from '../../../../src/main/services/templates/churn/churn-logit.ts'
import type { Customer } from '../../../../src/main/services/templates/churn/customer.ts'
import { customerFile } from '../../../../src/main/services/templates/churn/customer-file.ts'
import { simulateCustomers } from '../../../../src/main/services/templates/churn/simulate.ts'
import { churn } from '../../../../src/main/services/templates/churn/template.ts'

const simulate = (drift: number, rows = 8000): readonly Customer[] =>
  simulateCustomers({ rows, from: '2025-01', until: '2025-12', drift, firstId: 1 }, createRng(5))

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Share of pairs (leaver, stayer) that the true log odds rank rightly. */
function bestAuc(customers: readonly Customer[]): number {
  const ranked = customers.toSorted((a, b) => churnLogit(a) - churnLogit(b))
  const leavers = ranked.flatMap((customer, i) => (customer.churned ? [i + 1] : []))
  const rankSum = leavers.reduce((sum, rank) => sum + rank, 0)
  return (rankSum - (leavers.length * (leavers.length + 1)) / 2) / (leavers.length * (ranked.length - leavers.length))
}

/** Customers seen in the first and in the last quarter, by the month they signed up in plus their tenure. */
function quarters(customers: readonly Customer[]): { early: Customer[]; late: Customer[] } {
  const month = (customer: Customer): number => {
    const [year = 0, number = 0] = customer.signupDate.split('-').map(Number)
    return year * 12 + number - 1 + customer.tenureMonths
  }
  const first = 2025 * 12
  return { early: customers.filter((c) => month(c) < first + 3), late: customers.filter((c) => month(c) >= first + 9) }
}

/** Difference of two means in standard errors. */
function shiftOf(early: readonly number[], late: readonly number[]): number {
  const variance = (values: readonly number[]): number => mean(values.map((value) => (value - mean(values)) ** 2)) / values.length
  return (mean(late) - mean(early)) / Math.sqrt(variance(early) + variance(late))
}

describe('the simulated subscription business', () => {
  it('is the same for the same seed and another for another', () => {
    const options = { rows: 50, from: '2025-01', until: '2025-03', drift: 0.5, firstId: 100 }
    expect(simulateCustomers(options, createRng(1))).toEqual(simulateCustomers(options, createRng(1)))
    expect(simulateCustomers(options, createRng(1))).not.toEqual(simulateCustomers(options, createRng(2)))
  })

  it('loses a fifth to a quarter of its customers, and they can be told apart but not perfectly', () => {
    const customers = simulate(0)
    const rate = mean(customers.map((customer) => Number(customer.churned)))
    expect(rate).toBeGreaterThan(0.2)
    expect(rate).toBeLessThan(0.27)
    expect(bestAuc(customers)).toBeGreaterThan(0.83)
    expect(bestAuc(customers)).toBeLessThan(0.88)
  })

  it('gives every customer an id of their own', () => {
    expect(new Set(simulate(0, 500).map((customer) => customer.id)).size).toBe(500)
  })

  it('stays as it is without drift', () => {
    const { early, late } = quarters(simulate(0))
    for (const of of [monthlyCharge, onMonthlyContract, dataUsed, usageChange, supportCalls, hasChurned, tenure]) {
      expect(Math.abs(shiftOf(early.map(of), late.map(of)))).toBeLessThan(3.3)
    }
  })

  it('raises prices, frees contracts, lowers usage, brings calls and churn with drift, and nothing else', () => {
    const { early, late } = quarters(simulate(1))
    expect(shiftOf(early.map(monthlyCharge), late.map(monthlyCharge))).toBeGreaterThan(5)
    expect(shiftOf(early.map(onMonthlyContract), late.map(onMonthlyContract))).toBeGreaterThan(3.3)
    expect(shiftOf(early.map(dataUsed), late.map(dataUsed))).toBeLessThan(-5)
    expect(shiftOf(early.map(usageChange), late.map(usageChange))).toBeLessThan(-5)
    expect(shiftOf(early.map(supportCalls), late.map(supportCalls))).toBeGreaterThan(5)
    expect(shiftOf(early.map(hasChurned), late.map(hasChurned))).toBeGreaterThan(3.3)
    expect(Math.abs(shiftOf(early.map(tenure), late.map(tenure)))).toBeLessThan(3.3)
    expect(Math.abs(shiftOf(early.map(addOns), late.map(addOns)))).toBeLessThan(3.3)
  })

  it('refuses months that are none and ranges that run backwards', () => {
    const rng = createRng(1)
    expect(() => simulateCustomers({ rows: 1, from: '2025-13', until: '2025-14', drift: 0, firstId: 1 }, rng)).toThrow('YYYY-MM')
    expect(() => simulateCustomers({ rows: 1, from: '2025-02', until: '2025-01', drift: 0, firstId: 1 }, rng)).toThrow('before')
  })

  it('is exported with the flaws of real exports', () => {
    const customers = simulate(0)
    const lines = customerFile(customers, { churn: true }, createRng(3)).trimEnd().split('\n')
    const records = lines.slice(1).map((line) => line.split(','))
    const column = (name: string): string[] => {
      const at = lines[0]?.split(',').indexOf(name) ?? -1
      return records.map((record) => record[at] ?? '')
    }
    expect(records.length).toBeGreaterThan(customers.length)
    expect(column('satisfaction').filter((cell) => cell === '').length / records.length).toBeCloseTo(0.22, 1)
    expect(column('data_used_gb').filter((cell) => cell === 'N/A').length).toBeGreaterThan(50)
    expect(column('region').filter((cell) => cell.includes(' ')).length).toBeGreaterThan(20)
    expect(new Set(column('churned'))).toEqual(new Set(['Yes', 'No']))
  })
})

describe('the churn template', () => {
  it('writes known customers, new customers without the answer, a pipeline and a page about them', async () => {
    const files = new Map((await churn.files()).map((file) => [file.path, file.content]))
    expect([...files.keys()]).toEqual(['data/customers.csv', 'data/new-customers.csv', churn.pipeline, 'README.md'])
    expect(files.get('data/customers.csv')?.trimEnd().split('\n').length).toBeGreaterThan(6000)
    const fresh = files.get('data/new-customers.csv')?.trimEnd().split('\n') ?? []
    expect(fresh).toHaveLength(501)
    expect(fresh[0]).not.toContain('churned')
  })

  it('writes the same files every time', async () => {
    expect(await churn.files()).toEqual(await churn.files())
  })
})

const monthlyCharge = (customer: Customer): number => customer.monthlyCharge
const onMonthlyContract = (customer: Customer): number => Number(customer.contract === 'Month-to-month')
const dataUsed = (customer: Customer): number => customer.dataUsedGb
const usageChange = (customer: Customer): number => customer.usageChangePercent
const supportCalls = (customer: Customer): number => customer.supportCalls
const hasChurned = (customer: Customer): number => Number(customer.churned)
const tenure = (customer: Customer): number => customer.tenureMonths
const addOns = (customer: Customer): number => customer.addOns
