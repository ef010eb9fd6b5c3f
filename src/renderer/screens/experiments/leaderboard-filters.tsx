import { Select } from '@mantine/core'
import type { ReactElement } from 'react'
import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { estimatorName } from '../../components/estimator-name.ts'
import { optionsOf, type Basis, type Filters, type Ranking } from './ranking.ts'

const BASES: Readonly<Record<Basis, string>> = { validation: 'by validation', test: 'by test rows' }

type Field = keyof Filters

function FilterField({ field, label, all, options, value, onChange }: { readonly field: Field; readonly label: string; readonly all: string | undefined; readonly options: readonly string[]; readonly value: string | undefined; onChange(field: Field, value: string | undefined): void }): ReactElement | null {
  if (options.length < 2 && value === undefined) return null
  return (
    <Select
      aria-label={label}
      data={options.map((option) => ({ value: option, label: field === 'estimator' ? estimatorName(option) : option }))}
      value={value ?? null}
      placeholder={all ?? label}
      clearable={all !== undefined}
      allowDeselect={all !== undefined}
      onChange={(next) => onChange(field, next ?? undefined)}
      w={field === 'estimator' ? 160 : 130}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
    />
  )
}

/** Narrows the leaderboard down, and says what it is ranked by. */
export function LeaderboardFilters({ entries, filters, ranking, onFilter, onBasis }: { readonly entries: readonly LeaderboardEntry[]; readonly filters: Filters; readonly ranking: Ranking; onFilter(filters: Filters): void; onBasis(basis: Basis): void }): ReactElement {
  const change = (field: Field, value: string | undefined): void => onFilter({ ...filters, [field]: value })
  const targets = optionsOf(entries, 'target')
  const shownTarget = filters.target ?? entries.find(({ target }) => target !== null)?.target ?? undefined
  return (
    <>
      <FilterField field="target" label="Target" all={undefined} options={targets} value={targets.length > 1 ? shownTarget : undefined} onChange={change} />
      <FilterField field="pipeline" label="Pipeline" all="All pipelines" options={optionsOf(entries, 'pipeline')} value={filters.pipeline} onChange={change} />
      <FilterField field="estimator" label="Estimator" all="All estimators" options={optionsOf(entries, 'estimator')} value={filters.estimator} onChange={change} />
      {ranking.bases.length < 2 ? undefined : (
        <Select aria-label="Ranked" data={ranking.bases.map((basis) => ({ value: basis, label: BASES[basis] }))} value={ranking.basis} allowDeselect={false} onChange={(basis) => onBasis(basis ?? 'validation')} w={150} />
      )}
    </>
  )
}
