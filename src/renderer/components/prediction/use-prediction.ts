import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { PredictionField, Row, RowCell, RowPrediction } from '#shared/domain/prediction.ts'
import { MillraceError } from '#shared/errors.ts'

/** How long typing rests before the model is asked. */
const REST_MILLISECONDS = 150

/** What is typed into a form for one row, and what the model says of it. */
export type RowForm = {
  readonly row: Row
  /** Sentences by column. */
  readonly errors: Readonly<Record<string, string>>
  readonly prediction: RowPrediction | undefined
  /** What keeps the model from answering that is no field's fault. */
  readonly failure: unknown
  readonly asking: boolean
  set(column: string, cell: RowCell): void
  fill(row: Row): void
}

/** The row with every field at its usual value. */
export function usualRow(fields: readonly PredictionField[]): Row {
  return Object.fromEntries(fields.map(({ name, usual }) => [name, usual]))
}

function fieldErrors(error: unknown): Readonly<Record<string, string>> | undefined {
  const fields = error instanceof MillraceError ? error.data.details['fields'] : undefined
  if (!Array.isArray(fields)) return undefined
  return Object.fromEntries(fields.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'field' in one && 'problem' in one ? [[String(one.field), String(one.problem)] as const] : [])))
}

function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

/** A row that is edited, with the prediction of what was typed last; `key` names the model, `ask` asks it. */
export function useRowForm(key: readonly unknown[], fields: readonly PredictionField[] | undefined, ask: (row: Row) => Promise<RowPrediction>): RowForm {
  const usual = useMemo(() => usualRow(fields ?? []), [fields])
  const [edited, setEdited] = useState<Row>()
  const row = edited ?? usual
  const rested = useRested(row)
  const { data, error, isFetching } = useQuery({ queryKey: ['predict-row', ...key, rested], queryFn: () => ask(rested), enabled: fields !== undefined && fields.length > 0, placeholderData: keepPreviousData, retry: false, staleTime: Number.POSITIVE_INFINITY })
  const errors = fieldErrors(error)
  return {
    row,
    errors: errors ?? {},
    prediction: error === null ? data : undefined,
    failure: error === null || errors !== undefined ? undefined : error,
    asking: isFetching || rested !== row,
    set: (column, cell) => setEdited({ ...row, [column]: cell }),
    fill: setEdited,
  }
}
