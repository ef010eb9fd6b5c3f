import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, type RouteComponent, type RouterHistory } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Later } from '../components/later.tsx'
import { ProjectGate } from './project-gate.tsx'
import { parseSearch, searchSchemas, writeSearch } from './search.ts'
import { NotThere, ScreenComing, ScreenFailed, ScreenLoading } from './screen-states.tsx'
import { Shell } from './shell/shell.tsx'

/** Draws a screen apart from the press that led to it, which is answered at once. */
function apart(Screen: RouteComponent): RouteComponent {
  const Shown = (): ReactElement => (
    <Later meanwhile={<ScreenComing />}>
      <Screen />
    </Later>
  )
  return Object.assign(Shown, Screen.preload === undefined ? {} : { preload: Screen.preload })
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotThere })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // The router's way of going elsewhere is to throw where to.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: '/home' })
  },
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/home',
  validateSearch: searchSchemas.none,
  component: apart(lazyRouteComponent(() => import('../screens/home/home.tsx'), 'HomeScreen')),
})

/** Screens that show the open project. */
const inProject = createRoute({ getParentRoute: () => root, id: 'in-project', component: ProjectGate })

const data = createRoute({
  getParentRoute: () => inProject,
  path: '/data',
  validateSearch: searchSchemas.data,
  component: apart(lazyRouteComponent(() => import('../screens/data/data.tsx'), 'DataScreen')),
})

const pipeline = createRoute({
  getParentRoute: () => inProject,
  path: '/pipeline',
  validateSearch: searchSchemas.pipeline,
  component: apart(lazyRouteComponent(() => import('../screens/pipeline/pipeline.tsx'), 'PipelineScreen')),
})

const features = createRoute({
  getParentRoute: () => inProject,
  path: '/features',
  validateSearch: searchSchemas.features,
  component: apart(lazyRouteComponent(() => import('../screens/features/features.tsx'), 'FeaturesScreen')),
})

const experiments = createRoute({
  getParentRoute: () => inProject,
  path: '/experiments',
  validateSearch: searchSchemas.experiments,
  component: apart(lazyRouteComponent(() => import('../screens/experiments/experiments.tsx'), 'ExperimentsScreen')),
})

const model = createRoute({
  getParentRoute: () => inProject,
  path: '/model',
  validateSearch: searchSchemas.model,
  component: apart(lazyRouteComponent(() => import('../screens/model/model.tsx'), 'ModelScreen')),
})

const deployments = createRoute({
  getParentRoute: () => inProject,
  path: '/deployments',
  validateSearch: searchSchemas.deployments,
  component: apart(lazyRouteComponent(() => import('../screens/deployments/deployments.tsx'), 'DeploymentsScreen')),
})

const monitoring = createRoute({
  getParentRoute: () => inProject,
  path: '/monitoring',
  validateSearch: searchSchemas.none,
  component: apart(lazyRouteComponent(() => import('../screens/monitoring/monitoring.tsx'), 'MonitoringScreen')),
})

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: searchSchemas.activity,
  component: apart(lazyRouteComponent(() => import('../screens/activity/activity.tsx'), 'ActivityScreen')),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: searchSchemas.settings,
  component: apart(lazyRouteComponent(() => import('../screens/settings/settings.tsx'), 'SettingsScreen')),
})

const create = createRoute({
  getParentRoute: () => root,
  path: '/new',
  validateSearch: searchSchemas.create,
  component: apart(lazyRouteComponent(() => import('../screens/new/new.tsx'), 'NewScreen')),
})

const tree = root.addChildren([start, home, inProject.addChildren([data, pipeline, features, experiments, model, deployments, monitoring]), activity, settings, create])

/** The router of one window; the address lives behind `#`, so that a page served from anywhere finds its files. */
export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: tree,
    history,
    parseSearch,
    stringifySearch: writeSearch,
    defaultErrorComponent: ScreenFailed,
    defaultPendingComponent: ScreenLoading,
    defaultPreload: 'intent',
  })
}

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- the library is extended by merging, which only interfaces do
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
