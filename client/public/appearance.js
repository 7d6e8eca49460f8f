// Before anything is drawn: the light or the dark that the reader has chosen, as client/theme/appearance.ts keeps it.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem('appearance');
  } catch {
    // inside of another site's page, browsers refuse storage
  }
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', isDark);
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
}
