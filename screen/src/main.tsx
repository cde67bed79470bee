import './strict-policy.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { queryClient } from './feed/queries.ts';
import { startLanguage } from './i18n/language.ts';
import { chooseFont } from './ui/font-choice.ts';
import { Mishap } from './ui/mishap.tsx';
import './ui/tokens.css';
import './ui/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await Promise.all([startLanguage(), chooseFont()]);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Mishap>
        <App />
      </Mishap>
    </QueryClientProvider>
  </StrictMode>,
);
