import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Check, SlidersHorizontal, Undo2 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import { useCommands } from '../../app/commands.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { plural } from '../../components/format.ts'
import { Later } from '../../components/later.tsx'
import { Note } from '../../components/note.tsx'
import { Page } from '../../components/page.tsx'
import { FormSkeleton } from '../../components/skeletons.tsx'
import { ColumnPane } from './column-pane.tsx'
import { FeatureCards } from './feature-cards.tsx'
import { enteringInWords } from './feature-words.ts'
import { FormulaBar } from './formula-bar.tsx'
import { Overview } from './overview.tsx'
import { changedColumns, ownTransforms, useRecipeDraft, withEntering, withFormula, withTransforms } from './recipe-draft.ts'
import { useSaveRecipe } from './use-save-recipe.ts'
import styles from './features.module.css'

type Description = MethodOutput<'features.describe'>

/** The feature editor: one card per column, what becomes of it, and what enters the model. */
export function FeaturesScreen(): ReactElement {
  const project = useProject()
  const { file } = useSearch({ from: '/in-project/features' })
  const pipelines = useMethod('pipelines.list', { project })
  const chosen = file ?? pipelines.data?.pipelines.toSorted((a, b) => (b.lastRun?.startedAt ?? 0) - (a.lastRun?.startedAt ?? 0))[0]?.file
  if (pipelines.error !== null) return <Page title="Features"><ErrorNote error={pipelines.error} retry={() => pipelines.refetch()} /></Page>
  if (pipelines.data === undefined) return <Page title="Features"><FormSkeleton /></Page>
  if (chosen === undefined) return <NoRecipe title="No pipeline yet" text="A recipe says what becomes of each column before a model learns from it. It is a step of a pipeline: make one from your data first." to="/new" action="Choose data" />
  return <StoredRecipe key={chosen} project={project} file={chosen} />
}

function NoRecipe({ title, text, to, action }: { readonly title: string; readonly text: string; readonly to: '/new' | '/pipeline'; readonly action: string }): ReactElement {
  return (
    <Page title="Features">
      <EmptyState icon={SlidersHorizontal} title={title} text={text} action={<Button renderRoot={(props: object) => <Link to={to} search={{}} {...props} />}>{action}</Button>} />
    </Page>
  )
}

function StoredRecipe({ project, file }: { readonly project: string; readonly file: string }): ReactElement {
  const stored = useMethod('features.describe', { project, file })
  if (stored.error !== null) return <Page title="Features" sub={file}><ErrorNote error={stored.error} retry={() => stored.refetch()} actions={<Link to="/pipeline" search={{ file }}>Open the pipeline</Link>} /></Page>
  const waiting = <Page title="Features" sub={file}><FormSkeleton /></Page>
  if (stored.data === undefined) return waiting
  const { step, goal, data } = stored.data
  if (step === null || goal === null) return <NoRecipe title="This pipeline has no recipe" text="Add a step of the kind features/recipe, and say what the pipeline predicts." to="/pipeline" action="Open the pipeline" />
  if (data === null) return <NoRecipe title="No data has come this far" text="Run the pipeline once: the columns that reach the recipe are shown here, with what becomes of them." to="/pipeline" action="Open the pipeline" />
  return (
    <Later meanwhile={waiting}>
      <RecipeEditor project={project} file={file} step={step} goal={goal} data={data} stored={stored.data} />
    </Later>
  )
}

function ElsewhereNote({ disputed, onTakeTheirs }: { readonly disputed: readonly string[]; onTakeTheirs(): void }): ReactElement {
  if (disputed.length === 0) return <Note>The recipe was changed in another window or program meanwhile. Its changes stand here beside yours.</Note>
  return (
    <Note tone="warning" action={<Button size="compact-xs" variant="default" onClick={onTakeTheirs}>Take theirs</Button>}>
      Another window or program changed {disputed.join(', ')} too. Yours is shown, and is saved over theirs.
    </Note>
  )
}

type EditorProps = { readonly project: string; readonly file: string; readonly step: string; readonly goal: NonNullable<Description['goal']>; readonly data: NonNullable<Description['data']>; readonly stored: Description }

function RecipeEditor({ project, file, step, goal, data, stored }: EditorProps): ReactElement {
  const draft = useRecipeDraft(stored.params)
  const { params } = draft
  const { column: wanted } = useSearch({ from: '/in-project/features' })
  const navigate = useNavigate()
  const [written, setWritten] = useState('')
  const { save, saving, error } = useSaveRecipe(project, file, step, stored.params, draft.settle)
  const about = { project, data: data.hash, goal, params }
  const described = useMethod('features.describe', { project, file, params }, { keepPrevious: true })
  const fit = useMethod('features.fit', about, { keepPrevious: true })
  const distributions = useMethod('features.distributions', { ...about, params: {} })
  const { columns } = described.data ?? stored
  const selected = columns.find(({ name }) => name === wanted)
  const select = (name: string | undefined): void => void navigate({ to: '/features', search: { file, ...(name === undefined ? {} : { column: name }) }, replace: true })
  const addFormula = (name: string, text: string): void => {
    draft.change(withFormula(params, name, text))
    setWritten('')
    select(name)
  }
  useCommands([
    { id: 'undo', title: 'Undo the last change of the recipe', keys: 'mod+z', disabled: draft.changes === 0, run: draft.undo },
    { id: 'redo', title: 'Redo', keys: 'mod+Shift+z', disabled: !draft.canRedo, run: draft.redo },
    { id: 'features.save', title: 'Save the recipe', keys: 'mod+s', disabled: draft.changes === 0, run: () => save(params) },
  ])
  return (
    <Page
      title="Features"
      sub={<>recipe <code>{step}</code> of <code>{file}</code> · {enteringInWords(columns)}{fit.data === undefined ? '' : <>, <b>{plural(fit.data.inputs, 'input')}</b> to the model</>}</>}
      actions={
        <>
          <Button variant="default" leftSection={<Undo2 size={15} />} disabled={draft.changes === 0} onClick={draft.undo}>{draft.changes === 0 ? 'Undo' : `Undo ${plural(draft.changes, 'change')}`}</Button>
          <Button leftSection={<Check size={15} />} loading={saving} disabled={draft.changes === 0} onClick={() => void save(params)}>Save recipe</Button>
        </>
      }
      toolbar={<FormulaBar about={about} functions={stored.functions.map(({ signature }) => signature)} written={written} onWrite={setWritten} onAdd={addFormula} />}
      side={
        selected === undefined ? (
          <Overview lines={fit.data?.lines} error={fit.error} />
        ) : (
          <ColumnPane
            key={selected.name}
            column={selected}
            about={about}
            catalogue={stored.transforms}
            target={selected.name === goal.target}
            own={ownTransforms(params, selected.name)}
            onEnter={(enters) => draft.change(withEntering(params, selected, enters))}
            onTransforms={(entries) => draft.change(withTransforms(params, selected.name, entries))}
            onEditFormula={() => setWritten(`${selected.name} = ${selected.formula ?? ''}`)}
            onRemoveFormula={() => {
              draft.change(withFormula(params, selected.name, undefined))
              select(undefined)
            }}
          />
        )
      }
      sideLabel={selected === undefined ? 'What enters the model' : `Column ${selected.name}`}
    >
      <div className={styles['body']}>
        {error === undefined ? undefined : <ErrorNote error={error} />}
        {draft.elsewhere === undefined ? undefined : <ElsewhereNote disputed={draft.elsewhere.disputed} onTakeTheirs={draft.takeTheirs} />}
        {described.error === null ? undefined : <ErrorNote error={described.error} actions={<Button variant="default" onClick={draft.undo}>Undo the change</Button>} />}
        <FeatureCards
          columns={columns}
          distributions={distributions.data}
          inputsOf={new Map(fit.data?.outputs.map(({ column, inputs }) => [column, inputs]))}
          changed={changedColumns(stored.params, params)}
          selected={wanted}
          target={goal.target}
          onSelect={select}
          onEnter={(column, enters) => draft.change(withEntering(params, column, enters))}
        />
      </div>
    </Page>
  )
}
