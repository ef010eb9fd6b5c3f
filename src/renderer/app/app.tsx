import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { LucideProvider } from 'lucide-react'
import { useEffect, useMemo, type ReactElement } from 'react'
import type { Settings } from '#shared/domain/settings.ts'
import { ClientProvider } from '../client/client-context.tsx'
import type { Client } from '../client/client.ts'
import { followEngine } from '../client/engine-events.ts'
import { useMethod } from '../client/use-method.ts'
import { deletionPolicy } from '../components/confirm.tsx'
import { toast } from '../components/toast.tsx'
import { useNotifyWhenDone } from './notify-when-done.ts'
import { openLastProject } from './project.ts'
import type { createAppRouter } from './routes.tsx'
import { listenToShortcuts } from './shortcuts.ts'
import { ignoreStrayDrops } from './stray-drops.ts'
import { useColorScheme } from './theme/color-scheme.ts'
import { mantineTheme, tokenVariables } from './theme/mantine-theme.ts'
import { ThemeContext } from './theme/use-theme.ts'

/** What a window is made of. */
export type AppProps = {
  readonly client: Client
  readonly queries: QueryClient
  readonly router: ReturnType<typeof createAppRouter>
  /** Shows a colour scheme in this window. */
  showScheme(choice: Settings['theme']): void
}

/** The application of one window. */
export function App({ client, queries, router, showScheme }: AppProps): ReactElement {
  const shown = useColorScheme((state) => state.shown)
  useEffect(() => followEngine(client, queries), [client, queries])
  useEffect(() => listenToShortcuts(window), [])
  useEffect(() => ignoreStrayDrops(window), [])
  useEffect(() => {
    // Its project is one of the recent ones now; the event that says so may have come before this window listened.
    void openLastProject(client).then(() => queries.invalidateQueries({ queryKey: ['projects.recent'] }))
  }, [client, queries])
  const theme = useMemo(
    () => ({
      choose(choice: Settings['theme']) {
        showScheme(choice)
        client.call('app.saveSettings', { theme: choice }).catch(toast.failure)
      },
    }),
    [client, showScheme],
  )
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={tokenVariables} forceColorScheme={shown} deduplicateCssVariables={false}>
      <LucideProvider strokeWidth={1.5} absoluteStrokeWidth>
        <QueryClientProvider client={queries}>
          <ClientProvider client={client}>
            <ThemeContext value={theme}>
              <FollowSettings showScheme={showScheme} />
              <RouterProvider router={router} />
            </ThemeContext>
          </ClientProvider>
        </QueryClientProvider>
      </LucideProvider>
    </MantineProvider>
  )
}

/** Applies the settings of this machine, also where another window changed them. */
function FollowSettings({ showScheme }: Pick<AppProps, 'showScheme'>): null {
  const { data } = useMethod('app.settings', {})
  useNotifyWhenDone()
  useEffect(() => {
    if (data === undefined) return
    showScheme(data.theme)
    deletionPolicy.ask = data.confirmDeletion
  }, [data, showScheme])
  return null
}
