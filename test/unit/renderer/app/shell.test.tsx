// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { ProjectSummary } from '#shared/contract/projects.ts'
import type { Job } from '#shared/domain/job.ts'
import { fakeEngine } from '../fake-engine.ts'
import { renderWindow } from '../render-window.tsx'

const summary: ProjectSummary = {
  path: '/projects/churn', name: 'Churn', task: 'binary-classification', target: 'churn', state: 'Training', best: null, running: true, pipeline: 'churn.yaml',
  counts: { datasets: 1, runs: 2, models: 1, deployments: 0 },
  stages: [
    { stage: 'ingest', state: 'done', line: 'customers v2 · 5,000 rows' },
    { stage: 'train', state: 'running', line: 'gradient boosting' },
    { stage: 'evaluate', state: 'failed', line: 'stopped' },
  ],
}

const job: Job = {
  id: 'j1', kind: 'run', project: '/projects/churn', title: 'Run churn', state: 'running', queuedAt: 1, startedAt: 2, finishedAt: null,
  fraction: 0.62, message: 'fold 3 of 5', remainingSeconds: 340, run: 'r0002', pipelineFile: 'churn.yaml', step: 'train', error: null, result: null,
}

const withProject = () =>
  fakeEngine({
    'projects.recent': { projects: [{ path: summary.path, name: summary.name, openedAt: 1, bytes: 10, problem: null, summary }] },
    'projects.open': summary,
    'projects.summary': summary,
    'activity.list': { jobs: [job] },
  })

test('the project opened last is shown, with the state of each stage in words', async () => {
  renderWindow({ engine: withProject() })
  expect(await screen.findByRole('button', { name: 'Project: Churn' })).toBeDefined()
  const loop = screen.getByRole('list', { name: 'The loop' })
  expect(within(loop).getAllByRole('listitem')).toHaveLength(8)
  await waitFor(() => expect(within(loop).getByRole('link', { name: /Ingest/ }).textContent).toContain('customers v2 · 5,000 rows'))
  expect(within(loop).getByRole('link', { name: /Train/ }).textContent).toContain('62\u00A0% · 6 min left')
  expect(within(loop).getByRole('link', { name: /Evaluate/ }).textContent).toContain('failed')
  expect(within(loop).getByRole('link', { name: /Deploy/ }).textContent).toContain('not begun')
})

test('running work shows in the rail and in the status bar', async () => {
  renderWindow({ engine: withProject() })
  expect(await screen.findByText('1 running')).toBeDefined()
  const status = screen.getByRole('contentinfo')
  expect(within(status).getByText('Run churn')).toBeDefined()
  expect(within(status).getByRole('progressbar', { name: 'Progress of Run churn' }).getAttribute('aria-valuenow')).toBe('62')
  expect(status.textContent).toContain('nothing leaves this machine')
})

test('digits go to stages, outside fields only; Ctrl J to the activity', async () => {
  const { user, path } = renderWindow({ engine: withProject() })
  await screen.findByRole('button', { name: 'Project: Churn' })
  await user.keyboard('3')
  await waitFor(() => expect(path()).toBe('/features'))
  await user.keyboard('2')
  await waitFor(() => expect(path()).toBe('/data?tab=findings'))
  await user.keyboard('{Control>}j{/Control}')
  await waitFor(() => expect(path()).toBe('/activity'))
})

test('the palette finds a command by its words and gives it', async () => {
  const { user, path } = renderWindow({ engine: withProject() })
  await screen.findByRole('button', { name: 'Project: Churn' })
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('textbox', { name: 'Search, or type a command' }), 'go to depl')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(path()).toBe('/deployments'))
})

test('? shows every shortcut', async () => {
  const { user } = renderWindow({ engine: withProject() })
  await screen.findByRole('button', { name: 'Project: Churn' })
  await user.keyboard('?')
  const sheet = await screen.findByRole('dialog', { name: 'Keyboard' })
  expect(within(sheet).getByText('Switch project')).toBeDefined()
  expect(within(sheet).getByText('Ctrl P')).toBeDefined()
})

test('F6 moves between the parts of the window and comes back to what had the focus', async () => {
  const { user } = renderWindow({ engine: withProject() })
  const project = await screen.findByRole('button', { name: 'Project: Churn' })
  project.focus()
  await user.keyboard('{F6}')
  expect(screen.getByRole('navigation', { name: 'Project' }).contains(document.activeElement)).toBe(true)
  await user.keyboard('{Shift>}{F6}{/Shift}')
  expect(document.activeElement).toBe(project)
})

test('without a project, screens that need one say how to get one', async () => {
  renderWindow({ at: '/experiments' })
  expect(await screen.findByRole('heading', { name: 'No project is open' })).toBeDefined()
  expect(screen.getByRole('link', { name: 'Start from my data' })).toBeDefined()
})

test('an address that leads nowhere says so', async () => {
  renderWindow({ at: '/nowhere' })
  expect(await screen.findByRole('heading', { name: 'There is no such screen' })).toBeDefined()
})

test('a lost connection is told after a moment and goes away when it is back', async () => {
  const { engine } = renderWindow({ engine: withProject() })
  await screen.findByRole('button', { name: 'Project: Churn' })
  engine.connection('reconnecting')
  expect(await screen.findByText('Millrace does not answer.')).toBeDefined()
  engine.connection('connected')
  await waitFor(() => expect(screen.queryByText('Millrace does not answer.')).toBeNull())
  await waitFor(() => expect(engine.calls.filter(({ name }) => name === 'activity.list')).toHaveLength(2))
})
