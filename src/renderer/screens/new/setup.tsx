import { Button, Select, TextInput } from '@mantine/core'
import { Play } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { ReadingOptions } from '#shared/domain/reading-options.ts'
import type { Task } from '#shared/domain/task.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount, plural } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/pane.tsx'
import { ReadingForm } from '../../components/reading-form/reading-form.tsx'
import { FormSkeleton, TableSkeleton } from '../../components/skeletons.tsx'
import { LeakWarnings } from './leak-warnings.tsx'
import { PreviewTable } from './preview-table.tsx'
import { useTrain } from './use-train.ts'
import type { Made } from './new.tsx'
import styles from './setup.module.css'

type Preview = MethodOutput<'datasets.preview'>

const TASKS: readonly { readonly value: Task; readonly label: string }[] = [
  { value: 'binary-classification', label: 'One of two classes' },
  { value: 'multiclass-classification', label: 'One of several classes' },
  { value: 'regression', label: 'A number' },
]

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** The file as it reads, and what to predict: guessed, and changed with a click. */
export function Setup({ path, onOther, onMade }: { readonly path: string; readonly onOther: () => void; readonly onMade: (made: Made) => void }): ReactElement {
  const [reading, setReading] = useState<ReadingOptions>({})
  const preview = useMethod('datasets.preview', { paths: [path], reading }, { keepPrevious: true })
  const other = <Button variant="default" onClick={onOther}>Choose another file</Button>
  if (preview.error !== null) {
    return (
      <Page title={fileName(path)} actions={other}>
        <div className={styles['body']}>
          <ErrorNote error={preview.error} retry={() => preview.refetch()} />
          <section className={styles['reading']} aria-label="Another way to read it">
            <h2>Another way to read it</h2>
            <ReadingForm reading={reading} report={undefined} path={path} onChange={setReading} />
          </section>
        </div>
      </Page>
    )
  }
  if (preview.data === undefined) return <Page title={fileName(path)} sub="reading its beginning" actions={other} side={<Section><FormSkeleton fields={4} /></Section>}><TableSkeleton rows={14} columns={6} /></Page>
  return <Choices path={path} preview={preview.data} reading={reading} other={other} onReading={setReading} onMade={onMade} />
}

type ChoicesProps = {
  readonly path: string
  readonly preview: Preview
  readonly reading: ReadingOptions
  readonly other: ReactElement
  onReading(reading: ReadingOptions): void
  onMade(made: Made): void
}

function Choices({ path, preview, reading, other, onReading, onMade }: ChoicesProps): ReactElement {
  const [guess] = preview.targets
  const [target, setTarget] = useState<string | null>(guess?.column ?? null)
  const found = preview.targets.find(({ column }) => column === target)
  const [chosenTask, setTask] = useState<Task>()
  const task = chosenTask ?? found?.task ?? 'regression'
  const [positive, setPositive] = useState<string | null>(null)
  const [name, setName] = useState(fileName(path).replace(/\.[^.]*$/, ''))
  const [drop, setDrop] = useState<readonly string[]>([])
  const { train, starting, error } = useTrain(onMade)
  const classes = classesOf(preview, target)
  const choose = (column: string | null): void => {
    setTarget(column)
    setTask(undefined)
    setPositive(null)
    setDrop([])
  }
  const begin = (): void => {
    if (target === null) return
    void train({ path, reading, name: name.trim(), task, target, drop, ...(task === 'binary-classification' && positive !== null ? { positive } : {}) })
  }
  const { report, rows, whole, shown, schema } = preview
  return (
    <Page
      title={fileName(path)}
      sub={<>{rows === null ? '' : `${whole ? '' : 'about '}${plural(rows, 'row')}, `}{plural(schema.length, 'column')}{report.encoding === null ? '' : ` · ${report.encoding.toUpperCase()}`}{report.delimiter === null ? '' : ` · ${delimiterInWords(report.delimiter)}`}</>}
      actions={
        <>
          {other}
          <Button leftSection={<Play size={15} />} loading={starting} disabled={target === null || name.trim() === ''} onClick={begin}>Train</Button>
        </>
      }
      sideLabel="What to predict"
      side={
        <>
          <Section label="What to predict">
            <div className={styles['form']}>
              <Select
                label="Predict"
                description={found?.reason ?? 'Choose the column that the model shall tell for new rows'}
                placeholder="Choose a column"
                searchable
                data={schema.map((column) => ({ value: column.name, label: `${column.name} (${column.type})` }))}
                value={target}
                onChange={choose}
                nothingFoundMessage="No column of that name"
              />
              <Select label="It is" description={chosenTask === undefined ? 'Guessed from its values' : undefined} data={TASKS} value={task} allowDeselect={false} onChange={(value) => setTask(TASKS.find((one) => one.value === value)?.value)} />
              {task === 'binary-classification' && classes.length === 2 ? (
                <Select label="Class to look for" description="Its probability is what the model ranks rows by" data={classes} value={positive} placeholder="the rarer one, or Yes, 1, true" clearable onChange={setPositive} />
              ) : undefined}
              <TextInput label="Name of the project" description="A folder of that name holds data, runs and models" value={name} onChange={(event) => setName(event.currentTarget.value)} />
              {error === undefined ? undefined : <ErrorNote error={error} />}
            </div>
          </Section>
          <Section label="What was found">
            {target === null ? <Note>Choose what to predict: columns that give it away are looked for then.</Note> : <LeakWarnings path={path} reading={reading} target={target} drop={drop} onDrop={setDrop} />}
            {report.findings.map(({ kind, column, message }) => (
              <p key={`${kind} ${column ?? ''}`} className={styles['finding']}>{message}</p>
            ))}
          </Section>
          <Section label="How it is read">
            <details className={styles['how']}>
              <summary>How it is read</summary>
              <ReadingForm reading={reading} report={report} path={path} onChange={onReading} />
            </details>
          </Section>
        </>
      }
    >
      <PreviewTable preview={preview} target={target} drop={drop} onTarget={choose} />
      <p className={styles['foot']}>The first {formatCount(shown)} rows. Click the name of a column to predict it. Types can be changed later, on the screen of the data.</p>
    </Page>
  )
}

/** Classes of the target among the rows that are shown. */
function classesOf({ columns }: Preview, target: string | null): readonly string[] {
  const column = columns.find(({ name }) => name === target)
  if (column === undefined) return []
  const cells: readonly string[] = column.kind === 'text' ? column.values.filter((value): value is string => value !== null) : [...column.values].filter((value) => !Number.isNaN(value)).map(String)
  return [...new Set(cells)].slice(0, 3)
}

function delimiterInWords(delimiter: string): string {
  const words: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'space' }
  return words[delimiter] ?? `“${delimiter}”`
}
