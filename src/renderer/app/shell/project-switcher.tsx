import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, Folder, House, Plus } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useMethod } from '../../client/use-method.ts'
import { useCommands } from '../commands.ts'
import { useProjectStore } from '../project.ts'
import { useSwitchProject } from '../switch-project.ts'
import styles from './project-switcher.module.css'

const SHOWN = 8

/** Name of the open project; opens the list of the others. */
export function ProjectSwitcher(): ReactElement {
  const path = useProjectStore((state) => state.path)
  const [opened, setOpened] = useState(false)
  const recent = useMethod('projects.recent', {})
  const navigate = useNavigate()
  const switchTo = useSwitchProject()
  useCommands([{ id: 'switch-project', title: 'Switch project', keys: 'mod+P', group: 'General', run: () => setOpened(true) }])
  const projects = recent.data?.projects ?? []
  const name = projects.find((one) => one.path === path)?.name ?? path?.split(/[\\/]/).at(-1)
  const others = projects.filter((one) => one.path !== path && one.problem === null).slice(0, SHOWN)
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={280} returnFocus>
      <Menu.Target>
        <button type="button" className={styles['project']} title="Switch project (Ctrl P)" aria-label={`Project: ${name ?? 'none'}`}>
          <b>{name ?? 'No project'}</b>
          <ChevronDown size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Projects">
        {others.length === 0 ? undefined : <Menu.Label>Recent projects</Menu.Label>}
        {others.map((one) => (
          <Menu.Item key={one.path} leftSection={<Folder size={14} />} onClick={() => void switchTo(one.path)} title={one.path}>
            {one.name}
          </Menu.Item>
        ))}
        {others.length === 0 ? undefined : <Menu.Divider />}
        <Menu.Item leftSection={<House size={14} />} onClick={() => void navigate({ to: '/home' })}>
          All projects
        </Menu.Item>
        <Menu.Item leftSection={<Plus size={14} />} onClick={() => void navigate({ to: '/new' })}>
          Start from my data
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
