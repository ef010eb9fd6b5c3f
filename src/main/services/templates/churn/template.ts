import { readFile } from 'node:fs/promises'
import { resourcePath } from '../../../base/app-root.ts'
import { createRng } from '../../../base/rng.ts'
import type { Template } from '../template.ts'
import { customerFile } from './customer-file.ts'
import { simulateCustomers } from './simulate.ts'

const seed = 20250630

/** A subscription business that wants to know which customers will leave; its customers are simulated. */
export const churn: Template = {
  id: 'churn',
  title: 'Churn',
  help: 'Which customers of a subscription business will leave next month (6,000 simulated customers)',
  sample: '6,000 rows',
  pipeline: 'churn.yaml',
  predict: { input: 'data/new-customers.csv', output: 'predictions.csv', deployment: 'churn', identifier: 'customer_id', positive: 'Yes' },
  async files() {
    const rng = createRng(seed)
    const known = simulateCustomers({ rows: 6000, from: '2025-01', until: '2025-05', drift: 0, firstId: 100000 }, rng.fork('known customers'))
    const fresh = simulateCustomers({ rows: 500, from: '2025-06', until: '2025-06', drift: 0, firstId: 200000 }, rng.fork('new customers'))
    return [
      { path: 'data/customers.csv', content: customerFile(known, { churn: true }, rng.fork('known file')) },
      { path: 'data/new-customers.csv', content: customerFile(fresh, { churn: false }, rng.fork('new file')) },
      { path: 'churn.yaml', content: await readFile(resourcePath('templates', 'churn', 'churn.yaml'), 'utf8') },
      { path: 'README.md', content: await readFile(resourcePath('templates', 'churn', 'README.md'), 'utf8') },
    ]
  },
}
