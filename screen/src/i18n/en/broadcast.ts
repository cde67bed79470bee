/** Sentences of broadcasts in English. `../zh-cn/broadcast.ts` has the same keys. */
export const broadcastEn = {
  broadcast: {
    title: 'Broadcasts',
    ofCase: 'Broadcast about this case',
    level: 'To every',
    area: 'Of',
    text: 'What is said',
    hint: 'What they are to do, such as “look after your warehouses, report by 5 pm”',
    send: 'Send',
    lastDay: 'Of the last 24 hours',
    none: 'None in the last 24 hours',
    to: '{{place}} · every {{level}}',
    read: '{{read}} of {{units}} have read it',
    readAt: 'read by {{by}} at {{time}}',
    unread: 'not read',
    nobodyThere: 'not read · nobody was on duty',
    confirm: 'Read',
  },
} as const;
