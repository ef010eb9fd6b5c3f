import { churn } from './churn/template.ts'
import type { Template } from './template.ts'

/** Every project template; adding one is one folder and one line here. */
export const templates: readonly Template[] = [churn]
