import type { ReactElement } from 'react'
import { Icon } from '../components/icon.tsx'
import { stages, whereAvailable } from './stages.ts'

/** The way around: home, and the loop with the state of every stage. */
export function Rail(): ReactElement {
  return (
    <nav className="rail" aria-label="Project">
      <a className="place" href="#home" aria-current="page" title="Home">
        <Icon name="home" />
        <span className="words">Home</span>
      </a>
      <ol className="race" aria-label="The loop">
        {stages.map((stage) => (
          <li key={stage.name} className={stage.available ? 'stage there' : 'stage'} title={`${stage.name}: ${whereAvailable(stage)}`}>
            <span className="node">
              <Icon name={stage.available ? 'check' : 'clock'} />
            </span>
            <span className="words">
              <span className="name">{stage.name}</span>
              <span className="state">{whereAvailable(stage)}</span>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
