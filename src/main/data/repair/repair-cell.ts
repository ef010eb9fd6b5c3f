import type { Repair } from '#shared/domain/repair.ts'
import type { RepairCell } from './cell-context.ts'
import { repairCharacters } from './kinds/characters.ts'
import { repairDates } from './kinds/dates.ts'
import { repairEncoding } from './kinds/encoding.ts'
import { repairBounds, repairSentinels } from './kinds/numbers.ts'
import { repairQuantity } from './kinds/quantity.ts'
import { repairSpellings } from './kinds/spellings.ts'
import { repairTexts } from './kinds/texts.ts'
import { repairValues } from './kinds/values.ts'

/** SQL for a cell after one repair, of the same DuckDB type; repairs of texts leave cells of other types as they are. */
export function repairCell(repair: Repair, cell: RepairCell): string {
  switch (repair.kind) {
    case 'characters':
      return repairCharacters(repair, cell)
    case 'encoding':
      return repairEncoding(repair, cell)
    case 'quantity':
      return repairQuantity(repair, cell)
    case 'dates':
      return repairDates(repair, cell)
    case 'spellings':
      return repairSpellings(repair, cell)
    case 'values':
      return repairValues(repair, cell)
    case 'sentinels':
      return repairSentinels(repair, cell)
    case 'bounds':
      return repairBounds(repair, cell)
    case 'texts':
      return repairTexts(repair, cell)
  }
}
