/** What happens when the button is pressed, in order. */
export const Steps = ({ steps }: { steps: readonly string[] }) => (
  <>
    <h3>点下去会发生</h3>
    <ol>
      {steps.map((step, index) => (
        <li key={step}>
          {index + 1} {step}
        </li>
      ))}
    </ol>
  </>
)
