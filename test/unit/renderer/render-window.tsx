import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, configure, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { afterEach } from 'vitest'
import { App } from '../../../src/renderer/app/app.tsx'
import { useProjectStore } from '../../../src/renderer/app/project.ts'
import { createAppRouter } from '../../../src/renderer/app/routes.tsx'
import { parseSearch, writeSearch } from '../../../src/renderer/app/search.ts'
import { mantineTheme, tokenVariables } from '../../../src/renderer/app/theme/mantine-theme.ts'
import { ClientProvider } from '../../../src/renderer/client/client-context.tsx'
import { createClient } from '../../../src/renderer/client/client.ts'
import { useConnection } from '../../../src/renderer/client/connection.ts'
import { followEngine } from '../../../src/renderer/client/engine-events.ts'
import { useJobStore } from '../../../src/renderer/client/jobs.ts'
import { createQueryClient } from '../../../src/renderer/client/query-client.ts'
import { useRunEventStore } from '../../../src/renderer/client/run-events.ts'
import { ConfirmHost } from '../../../src/renderer/components/confirm.tsx'
import { installBrowserDoubles } from './browser-doubles.ts'
import { fakeEngine, type FakeEngine } from './fake-engine.ts'

/** What a test of components works with. */
export type Rendered = { readonly engine: FakeEngine; readonly user: UserEvent; readonly queries: QueryClient; readonly path: () => string }

installBrowserDoubles()
// On a loaded machine a screen takes its time; a test that passes does not wait so long.
configure({ asyncUtilTimeout: 20_000 })

const stops: (() => void)[] = []

afterEach(() => {
  cleanup()
  for (const stop of stops.splice(0)) stop()
  sessionStorage.clear()
  localStorage.clear()
  useProjectStore.setState({ path: null, looking: true })
  useJobStore.setState({ byId: new Map(), known: false })
  useRunEventStore.setState({ byJob: new Map() })
  useConnection.setState({ state: 'connected' })
})

/** Shows a part of the window over an engine in memory; `project` is the open one, `at` the address. */
export function renderPart(part: ReactElement, { engine = fakeEngine(), project = '/projects/churn', at = '/' }: { readonly engine?: FakeEngine; readonly project?: string | null; readonly at?: string } = {}): Rendered {
  const queries = createQueryClient()
  const client = createClient(engine.transport)
  useProjectStore.setState({ path: project, looking: false })
  stops.push(followEngine(client, queries))
  const root = createRootRoute()
  const any = createRoute({ getParentRoute: () => root, path: '$', component: () => part })
  const start = createRoute({ getParentRoute: () => root, path: '/', component: () => part })
  const history = createMemoryHistory({ initialEntries: [at] })
  const router = createRouter({ routeTree: root.addChildren([start, any]), history, parseSearch, stringifySearch: writeSearch })
  render(
    <MantineProvider theme={mantineTheme} cssVariablesResolver={tokenVariables} env="test">
      <QueryClientProvider client={queries}>
        <ClientProvider client={client}>
          <RouterProvider router={router as never} />
          <ConfirmHost />
          <Notifications />
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { engine, user: userEvent.setup(), queries, path: () => history.location.href }
}

/** Shows the whole window over an engine in memory. */
export function renderWindow({ engine = fakeEngine(), at = '/home' }: { readonly engine?: FakeEngine; readonly at?: string } = {}): Rendered {
  const queries = createQueryClient()
  const history = createMemoryHistory({ initialEntries: [at] })
  render(<App client={createClient(engine.transport)} queries={queries} router={createAppRouter(history)} showScheme={() => undefined} />)
  return { engine, user: userEvent.setup(), queries, path: () => history.location.href }
}
