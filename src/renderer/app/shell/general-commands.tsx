import { useNavigate } from '@tanstack/react-router'
import { useCommands, type Command } from '../commands.ts'
import { focusPane } from '../panes.ts'
import { stageOrder, stagePlaces } from '../stage-places.ts'
import { useColorScheme } from '../theme/color-scheme.ts'
import { useTheme } from '../theme/use-theme.ts'
import { useCheatSheet } from './cheat-sheet.tsx'
import { palette } from './palette.tsx'

/** The commands that can be given on every screen. */
export function GeneralCommands(): null {
  const navigate = useNavigate()
  const { choose } = useTheme()
  const places: readonly Command[] = [
    { id: 'go-home', title: 'Go to Home', keys: '0', group: 'Go to', run: () => navigate({ to: '/home' }) },
    ...stageOrder.map((stage, index): Command => {
      const { name, to, search } = stagePlaces[stage]
      return { id: `go-${stage}`, title: `Go to ${name}`, keys: String(index + 1), group: 'Go to', run: () => navigate({ to, search: search ?? {} }) }
    }),
    { id: 'go-pipeline', title: 'Go to Pipeline', keys: '9', group: 'Go to', run: () => navigate({ to: '/pipeline' }) },
    { id: 'go-activity', title: 'Go to Activity', keys: 'mod+J', group: 'Go to', run: () => navigate({ to: '/activity' }) },
    { id: 'go-settings', title: 'Go to Settings', keys: 'mod+,', group: 'Go to', run: () => navigate({ to: '/settings' }) },
    { id: 'go-new', title: 'Start from my data', group: 'Go to', run: () => navigate({ to: '/new' }) },
  ]
  useCommands([
    { id: 'palette', title: 'Open the command palette', keys: 'mod+K', group: 'General', hidden: true, run: palette.toggle },
    { id: 'shortcuts', title: 'Show the keyboard shortcuts', keys: '?', group: 'General', run: () => useCheatSheet.setState({ opened: true }) },
    { id: 'next-pane', title: 'Move to the next pane', keys: 'F6', group: 'General', hidden: true, run: () => focusPane(1) },
    { id: 'previous-pane', title: 'Move to the previous pane', keys: 'Shift+F6', group: 'General', hidden: true, run: () => focusPane(-1) },
    { id: 'theme', title: 'Switch light and dark', group: 'General', run: () => choose(useColorScheme.getState().shown === 'dark' ? 'light' : 'dark') },
    ...places,
  ])
  return null
}
