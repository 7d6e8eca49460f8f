/** Four workshop bays around a yard; takes the colour of the text. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--ant-color-primary)" />
      <path d="M8 9.5h6.500V16H8zM17.500 9.500H24V16h-6.500zM8 19h6.500v4.500H8z" fill="var(--on-primary)" />
      <path d="M17.500 19H24v4.500h-6.500z" fill="var(--on-primary)" opacity="0.55" />
    </svg>
  );
}
