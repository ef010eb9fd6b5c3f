/** Contract forms, the freest first. */
export const contracts = ['Month-to-month', 'One year', 'Two year'] as const

/** Plans, the smallest first. */
export const plans = ['Basic', 'Standard', 'Premium', 'Business'] as const

/** How customers pay. */
export const paymentMethods = ['Card', 'Direct debit', 'Bank transfer', 'Invoice'] as const

/** Where customers live. */
export const regions = ['North', 'South', 'East', 'West', 'Islands'] as const

/** One customer as the subscription business knows them in the month of observation, and whether they left in the month after. */
export type Customer = {
  readonly id: string
  readonly region: (typeof regions)[number]
  /** First day of the contract, YYYY-MM-DD. */
  readonly signupDate: string
  /** Whole months since then. */
  readonly tenureMonths: number
  readonly contract: (typeof contracts)[number]
  readonly plan: (typeof plans)[number]
  readonly paymentMethod: (typeof paymentMethods)[number]
  /** Euros. */
  readonly monthlyCharge: number
  /** Gigabytes per month, mean of the last three months. */
  readonly dataUsedGb: number
  /** Last three months against the three before, in percent. */
  readonly usageChangePercent: number
  /** In the last six months. */
  readonly supportCalls: number
  /** In the last twelve months. */
  readonly planChanges: number
  readonly latePayments: number
  readonly addOns: number
  /** Answer to the last survey, 1 … 5. */
  readonly satisfaction: number
  readonly churned: boolean
}
