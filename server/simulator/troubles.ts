import aviNotInteroperable from './scenarios/avi-not-interoperable.json' with { type: 'json' }
import backupMissing from './scenarios/backup-missing.json' with { type: 'json' }
import bundleGone from './scenarios/bundle-gone.json' with { type: 'json' }
import bundleRecalledLater from './scenarios/bundle-recalled-later.json' with { type: 'json' }
import clockSkew from './scenarios/clock-skew.json' with { type: 'json' }
import clusterFull from './scenarios/cluster-full.json' with { type: 'json' }
import componentNewerThanTarget from './scenarios/component-newer-than-target.json' with { type: 'json' }
import credentialTaskStuck from './scenarios/credential-task-stuck.json' with { type: 'json' }
import credentialsForbidden from './scenarios/credentials-forbidden.json' with { type: 'json' }
import dependencyFailed from './scenarios/dependency-failed.json' with { type: 'json' }
import depotOffline from './scenarios/depot-offline.json' with { type: 'json' }
import depotUnauthorized from './scenarios/depot-unauthorized.json' with { type: 'json' }
import depotUnreachable from './scenarios/depot-unreachable.json' with { type: 'json' }
import downloadStalls from './scenarios/download-stalls.json' with { type: 'json' }
import elmBroken from './scenarios/elm-broken.json' with { type: 'json' }
import elmLinked from './scenarios/elm-linked.json' with { type: 'json' }
import esxNeverOffered from './scenarios/esx-never-offered.json' with { type: 'json' }
import esxOfferedAgain from './scenarios/esx-offered-again.json' with { type: 'json' }
import hostCannotEnterMaintenance from './scenarios/host-cannot-enter-maintenance.json' with { type: 'json' }
import hostsFailedAfterNsx from './scenarios/hosts-failed-after-nsx.json' with { type: 'json' }
import imageIncompatible from './scenarios/image-incompatible.json' with { type: 'json' }
import inventoryOutOfSync from './scenarios/inventory-out-of-sync.json' with { type: 'json' }
import nsxAccountsDisconnected from './scenarios/nsx-accounts-disconnected.json' with { type: 'json' }
import nsxBackInTime from './scenarios/nsx-back-in-time.json' with { type: 'json' }
import nsxDoneButFailed from './scenarios/nsx-done-but-failed.json' with { type: 'json' }
import nsxSlowRecovery from './scenarios/nsx-slow-recovery.json' with { type: 'json' }
import passwordExpired from './scenarios/password-expired.json' with { type: 'json' }
import pinnedVm from './scenarios/pinned-vm.json' with { type: 'json' }
import resourceInError from './scenarios/resource-in-error.json' with { type: 'json' }
import standaloneHosts from './scenarios/standalone-hosts.json' with { type: 'json' }
import stretchedCluster from './scenarios/stretched-cluster.json' with { type: 'json' }
import targetChanges from './scenarios/target-changes.json' with { type: 'json' }
import tokenExpires from './scenarios/token-expires.json' with { type: 'json' }
import vcenterSchemaFails from './scenarios/vcenter-schema-fails.json' with { type: 'json' }
import vsanNotReady from './scenarios/vsan-not-ready.json' with { type: 'json' }
import workflowFailed from './scenarios/workflow-failed.json' with { type: 'json' }
import workflowLocked from './scenarios/workflow-locked.json' with { type: 'json' }
import workflowRunning from './scenarios/workflow-running.json' with { type: 'json' }

/** Scenarios of what goes wrong in real data centres, those beside the usual ones; the description of each says which failure mode it is. */
export const troubles: Readonly<Record<string, object>> = {
  'depot-unauthorized': depotUnauthorized,
  'nsx-back-in-time': nsxBackInTime,
  'avi-not-interoperable': aviNotInteroperable,
  'component-newer-than-target': componentNewerThanTarget,
  'standalone-hosts': standaloneHosts,
  'elm-broken': elmBroken,
  'nsx-accounts-disconnected': nsxAccountsDisconnected,
  'nsx-done-but-failed': nsxDoneButFailed,
  'clock-skew': clockSkew,
  'host-cannot-enter-maintenance': hostCannotEnterMaintenance,
  'pinned-vm': pinnedVm,
  'image-incompatible': imageIncompatible,
  'vcenter-schema-fails': vcenterSchemaFails,
  'stretched-cluster': stretchedCluster,
  'vsan-not-ready': vsanNotReady,
  'password-expired': passwordExpired,
  'credential-task-stuck': credentialTaskStuck,
  'hosts-failed-after-nsx': hostsFailedAfterNsx,
  'workflow-failed': workflowFailed,
  'workflow-running': workflowRunning,
  'resource-in-error': resourceInError,
  'esx-never-offered': esxNeverOffered,
  'inventory-out-of-sync': inventoryOutOfSync,
  'elm-linked': elmLinked,
  'token-expires': tokenExpires,
  'target-changes': targetChanges,
  'esx-offered-again': esxOfferedAgain,
  'nsx-slow-recovery': nsxSlowRecovery,
  'bundle-gone': bundleGone,
  'bundle-recalled-later': bundleRecalledLater,
  'dependency-failed': dependencyFailed,
  'workflow-locked': workflowLocked,
  'backup-missing': backupMissing,
  'cluster-full': clusterFull,
  'credentials-forbidden': credentialsForbidden,
  'depot-offline': depotOffline,
  'depot-unreachable': depotUnreachable,
  'download-stalls': downloadStalls,
}
