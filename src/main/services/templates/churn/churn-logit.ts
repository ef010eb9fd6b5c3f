import type { Customer } from './customer.ts'

/** Log odds that a customer leaves in the next month: the truth of the simulated business, with thresholds and interactions. */
export function churnLogit(customer: Omit<Customer, 'churned'>): number {
  const monthly = customer.contract === 'Month-to-month'
  let logit = -2.55
  if (monthly) logit += 1.5
  if (customer.contract === 'Two year') logit -= 1.1
  logit += 1.5 * Math.exp(-customer.tenureMonths / 9) * (monthly ? 1 : 0.3) // the first months decide, unless bound
  if (customer.supportCalls >= 3) logit += 1.3
  else if (customer.supportCalls === 2) logit += 0.4
  const dropped = customer.usageChangePercent < -25
  if (dropped) logit += monthly ? 1.7 : 0.4 // whoever stops using a service that can be cancelled, cancels
  const pricePerGb = customer.monthlyCharge / Math.max(1, customer.dataUsedGb)
  logit += 0.85 * Math.min(2, Math.max(-1, Math.log(pricePerGb / 2))) // paying much for little
  if (customer.paymentMethod === 'Invoice') logit += customer.latePayments >= 1 ? 1.1 : 0.1
  if (customer.paymentMethod === 'Direct debit') logit -= 0.35
  logit -= 0.3 * customer.addOns
  logit += 0.35 * (3 - customer.satisfaction)
  if (customer.planChanges >= 2) logit += customer.tenureMonths < 12 ? 0.9 : -0.2
  if (customer.region === 'Islands') logit += 0.3
  return logit
}
