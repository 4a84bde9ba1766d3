import './tracker.css';

export interface Step {
  id: string;
  label: string;
  at: 'done' | 'now' | 'ahead';
}

/** Where something is on its way: done discs, a ring now, dots ahead; below it who has the ball. */
export function Tracker({ steps, ball, when }: { steps: Step[]; ball?: string; when?: string }) {
  return (
    <>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.id} className={step.at} aria-current={step.at === 'now' ? 'step' : undefined}>
            <i aria-hidden="true" />
            <span>{step.label}</span>
          </li>
        ))}
      </ol>
      {ball ? (
        <p className="ball">
          <span className="b">{ball}</span>
          <span className="q2 nw">{when}</span>
        </p>
      ) : null}
    </>
  );
}
