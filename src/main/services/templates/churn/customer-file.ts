import type { Rng } from '../../../base/rng.ts'
import { csvLine, type CsvCell } from '../../../serving/csv-line.ts'
import type { Customer } from './customer.ts'

const header = [
  'customer_id', 'region', 'signup_date', 'tenure_months', 'contract', 'plan', 'payment_method', 'monthly_charge', 'data_used_gb',
  'usage_change_percent', 'support_calls', 'plan_changes', 'late_payments', 'add_ons', 'satisfaction',
] as const

/** Name of the column that says whether a customer left. */
export const churnColumn = 'churned'

/** A customer's cells as the business's systems export them: gaps where nothing is known, "N/A" from one of them, stray spaces from another. */
function cells(customer: Customer, rng: Rng): CsvCell[] {
  const answeredSurvey = rng.uniform() < 0.78
  const measured = customer.tenureMonths >= 1 && rng.uniform() >= 0.015
  const region = rng.uniform() < 0.01 ? ` ${customer.region} ` : customer.region
  const paymentMethod = rng.uniform() < 0.008 ? 'N/A' : customer.paymentMethod
  const monthlyCharge = rng.uniform() < 0.004 ? null : customer.monthlyCharge.toFixed(2)
  const plan = rng.uniform() < 0.006 ? `${customer.plan} ` : customer.plan
  return [
    customer.id, region, customer.signupDate, customer.tenureMonths, customer.contract, plan, paymentMethod, monthlyCharge,
    measured ? customer.dataUsedGb.toFixed(1) : 'N/A',
    measured ? customer.usageChangePercent.toFixed(1) : 'N/A',
    customer.supportCalls, customer.planChanges, customer.latePayments, customer.addOns,
    answeredSurvey ? customer.satisfaction : null,
  ]
}

/**
 * Customers as a comma-separated file with a header, with the flaws of a real export. Known churn adds the column
 * `churned` (Yes or No) and a few records that were exported twice.
 */
export function customerFile(customers: readonly Customer[], known: { readonly churn: boolean }, rng: Rng): string {
  const lines = [csvLine(known.churn ? [...header, churnColumn] : header)]
  for (const customer of customers) {
    const record = cells(customer, rng)
    const line = csvLine(known.churn ? [...record, customer.churned ? 'Yes' : 'No'] : record)
    lines.push(line)
    if (known.churn && rng.uniform() < 0.002) lines.push(line)
  }
  return lines.join('')
}
