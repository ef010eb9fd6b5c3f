import type { ReactElement } from 'react'
import { stages, whereAvailable } from '../../app/stages.ts'
import { CommandLine } from '../../components/command-line.tsx'
import { Icon } from '../../components/icon.tsx'
import { ownData, sample } from './commands.ts'

/** The first page: says what exists today and hands over the commands that drive it. */
export function Home(): ReactElement {
  return (
    <main className="main" id="home">
      <header className="head">
        <h1>Home</h1>
        <span className="sub">From raw data to a deployed model, on this machine</span>
      </header>
      <div className="body">
        <div className="pane work">
          <p className="note">
            <Icon name="terminal" />
            <span>
              Today the command line drives Millrace, and this window shows the way. Type the commands in a terminal, in the folder that Millrace was
              installed from.
            </span>
          </p>
          <section aria-labelledby="sample">
            <h2 id="sample">Try the sample</h2>
            <p className="lead">{sample.does}</p>
            <CommandLine command={sample.command} />
          </section>
          <section aria-labelledby="own-data">
            <h2 id="own-data">Start from your own data</h2>
            <ol className="steps">
              {ownData.map(({ does, command }) => (
                <li key={command}>
                  <p className="lead">{does}</p>
                  <CommandLine command={command} />
                </li>
              ))}
            </ol>
          </section>
        </div>
        <aside className="pane side" aria-labelledby="today">
          <h2 id="today">What works today</h2>
          <dl className="today">
            {stages.map((stage) => (
              <div key={stage.name}>
                <dt>
                  {stage.name}
                  <span className={stage.available ? 'tag there' : 'tag'}>{whereAvailable(stage)}</span>
                </dt>
                <dd>{stage.does}</dd>
              </div>
            ))}
          </dl>
        </aside>
      </div>
    </main>
  )
}
