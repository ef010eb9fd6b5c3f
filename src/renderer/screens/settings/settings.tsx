import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Shortcuts } from '../../app/shell/shortcut-list.tsx'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { Page } from '../../components/page.tsx'
import { FormSkeleton } from '../../components/skeletons.tsx'
import { ComputingPart } from './computing-part.tsx'
import { GeneralPart } from './general-part.tsx'
import { PrivacyPart } from './privacy-part.tsx'
import { SettingGroup } from './setting-row.tsx'
import { useSettings } from './use-settings.ts'
import styles from './settings.module.css'

const route = getRouteApi('/settings')

const SECTIONS = [
  { id: 'general', label: 'General' },
  { id: 'devices', label: 'Devices and memory' },
  { id: 'privacy', label: 'Privacy' },
  { id: 'keyboard', label: 'Keyboard' },
]

/** What the user may choose for this machine; everything is saved at once. */
export function SettingsScreen(): ReactElement {
  const { section = 'general' } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: info } = useMethod('app.info', {})
  const current = SECTIONS.some(({ id }) => id === section) ? section : 'general'
  return (
    <Page
      title="Settings"
      actions={<span className={styles['text']}>{info === undefined ? '' : `Millrace ${info.version}`}</span>}
      tabs={{ items: SECTIONS, current, onChange: (id) => void navigate({ search: { section: id }, replace: true }) }}
    >
      <div className={styles['settings']}>
        <Section id={current} />
      </div>
    </Page>
  )
}

function Section({ id }: { readonly id: string }): ReactElement {
  const { settings, error, save } = useSettings()
  if (id === 'keyboard') {
    return (
      <SettingGroup title="Keys" text="Those of other screens show there: press ? on any of them.">
        <div className={styles['keys']}>
          <Shortcuts />
        </div>
      </SettingGroup>
    )
  }
  if (error !== null) return <ErrorNote error={error} />
  if (settings === undefined) return <FormSkeleton />
  if (id === 'privacy') return <PrivacyPart />
  return id === 'devices' ? <ComputingPart settings={settings} save={save} /> : <GeneralPart settings={settings} save={save} />
}
