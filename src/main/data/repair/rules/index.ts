import type { RepairRule } from '../rule.ts'
import { abbreviationsRule } from './abbreviations.ts'
import { charactersRule } from './characters.ts'
import { datesRule } from './dates.ts'
import { encodingRule } from './encoding.ts'
import { impossibleRule } from './impossible.ts'
import { limitsRule } from './limits.ts'
import { numbersRule } from './numbers.ts'
import { outliersRule } from './outliers.ts'
import { replaceRule } from './replace.ts'
import { sentinelsRule } from './sentinels.ts'
import { typosRule } from './typos.ts'
import { unitsRule } from './units.ts'
import { variantsRule } from './variants.ts'

/** The rules of `prepare/clean` in the order in which they repair a cell. */
export const repairRules: readonly RepairRule[] = [
  encodingRule,
  charactersRule,
  replaceRule,
  numbersRule,
  unitsRule,
  datesRule,
  variantsRule,
  typosRule,
  abbreviationsRule,
  sentinelsRule,
  limitsRule,
  impossibleRule,
  outliersRule,
]
