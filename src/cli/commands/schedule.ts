/** `ajar schedule`: the files that start a scan by the clock of the system: cron, systemd, Kubernetes. */
import type { CommandModule } from 'yargs';
import { quoted } from '../../../providers/shell.ts';
import { UsageError } from '../../model/errors.ts';

interface Flags {
  readonly system: 'cron' | 'systemd' | 'kubernetes' | undefined;
  readonly at: string;
  readonly folder: string | undefined;
  readonly image: string;
}

/** Times that systemd can say as OnCalendar: a minute, an hour, days of the week or of the month. */
function onCalendar(pattern: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = pattern.split(/\s+/);
  const plain = /^(?:\*|\d{1,2}(?:,\d{1,2})*|\*\/\d{1,2})$/;
  const fits = [minute, hour, day, month].every((field) => plain.test(field));
  const days = /^(?:\*|[0-7](?:[,-][0-7])*)$/.test(weekday);
  if (!fits || !days) {
    throw new UsageError(
      `--at "${pattern}": systemd cannot say this; use plain numbers, lists and */n, or --at with cron or kubernetes`,
    );
  }
  const field = (text: string, first: number): string => text.replace(/^\*\/(\d+)$/, `${first}/$1`);
  const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const week =
    weekday === '*'
      ? ''
      : `${weekday.replace(/\d/g, (n) => names[Number(n)] ?? n).replaceAll('-', '..')} `;
  return `${week}*-${field(month, 1)}-${field(day, 1)} ${field(hour, 0)}:${field(minute, 0)}:00`;
}

function checked(pattern: string): string {
  if (!/^\S+(?:\s+\S+){4}$/.test(pattern)) {
    throw new UsageError(`--at "${pattern}": write five fields, such as "0 2 * * *"`);
  }
  return pattern.trim().split(/\s+/).join(' ');
}

const TEXTS: Readonly<
  Record<NonNullable<Flags['system']>, (pattern: string, folder: string, image: string) => string>
> = {
  cron: (pattern, folder) =>
    `# /etc/cron.d/ajar: exit code 0 nothing found, 1 findings, 3 gaps, 4 both; cron mails what is printed.
MAILTO=office@example.org
${pattern} ajar cd ${quoted(folder)} && ajar scan --quiet --if-changed
15 * * * * ajar cd ${quoted(folder)} && ajar campaign remind
`,
  systemd: (pattern, folder) =>
    `# /etc/systemd/system/ajar-scan.service
[Unit]
Description=ajar: who can read what
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User=ajar
WorkingDirectory=${folder.replace(/[\\%\s]/g, (sign) => (sign === '%' ? '%%' : `\\x${sign.charCodeAt(0).toString(16)}`))}
ExecStart=/usr/bin/env ajar scan --quiet --if-changed
# Findings and gaps are a result, not a failure of the unit.
SuccessExitStatus=1 3 4
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths=${folder}

# /etc/systemd/system/ajar-scan.timer
[Unit]
Description=ajar by the clock

[Timer]
OnCalendar=${onCalendar(pattern)}
Persistent=true
RandomizedDelaySec=300

[Install]
WantedBy=timers.target
`,
  kubernetes: (pattern, _folder, image) =>
    `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ajar-scan
spec:
  schedule: ${JSON.stringify(pattern)}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 3600
  jobTemplate:
    spec:
      # A killed run is begun anew by the retry; "ajar scan --resume" in a shell goes on with it instead.
      backoffLimit: 1
      template:
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          securityContext: { runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: { type: RuntimeDefault } }
          containers:
            - name: ajar
              image: ${JSON.stringify(image)}
              # Findings (1), gaps (3) and both (4) are results; anything else fails the job.
              command: ["/bin/sh", "-c", "ajar scan --quiet --if-changed; code=$?; case $code in 0|1|3|4) exit 0;; *) exit $code;; esac"]
              workingDir: /work
              envFrom: [{ secretRef: { name: ajar } }]
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
              resources: { requests: { cpu: "1", memory: 1Gi }, limits: { memory: 4Gi } }
              volumeMounts:
                - { name: configuration, mountPath: /work/ajar.yaml, subPath: ajar.yaml, readOnly: true }
                - { name: configuration, mountPath: /work/owners.yaml, subPath: owners.yaml, readOnly: true }
                - { name: state, mountPath: /work/.ajar }
                - { name: state, mountPath: /work/ajar-report, subPath: report }
                - { name: tmp, mountPath: /tmp }
          volumes:
            - { name: configuration, configMap: { name: ajar } }
            - { name: state, persistentVolumeClaim: { claimName: ajar } }
            - { name: tmp, emptyDir: {} }
`,
};

export const schedule: CommandModule<object, Flags> = {
  command: 'schedule <system>',
  describe: 'Print the files that scan by the clock: cron, systemd or Kubernetes',
  builder: (yargs) =>
    yargs
      .positional('system', {
        choices: ['cron', 'systemd', 'kubernetes'] as const,
        describe: 'Whose clock',
      })
      .option('at', {
        type: 'string',
        default: '0 2 * * *',
        describe: 'When, as five fields of cron',
      })
      .option('folder', { type: 'string', describe: 'Where ajar.yaml lies (default: here)' })
      .option('image', {
        type: 'string',
        default: 'registry.example/ajar:latest',
        describe: 'With kubernetes: the container image',
      })
      .example('$0 schedule systemd --at "30 1 * * 1-5"', 'service and timer for week nights')
      .example('$0 scan --schedule "0 2 * * *"', 'the same without the system’s help'),
  handler({ system = 'cron', at, folder, image }) {
    process.stdout.write(TEXTS[system](checked(at), folder ?? process.cwd(), image));
  },
};
