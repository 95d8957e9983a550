"""Reads all that an upgrade reads from an SDDC Manager, through the vendor's own SDK (vmware-sddc-manager).

Takes the line that `simulate` prints on standard input and the dialect as its argument. Prints one line per call and the sums. Ends with 1 when a call that
should be decoded was not.
"""

import importlib
import json
import keyword
import pkgutil
import sys
import time

import requests
from vmware.sddc_manager import model_client as model
from vmware.sddc_manager import v1
from vmware.vapi.bindings.error import VapiError
from vmware.vapi.bindings.stub import VapiInterface
from vmware.vapi.exception import CoreException
from vmware.vapi.lib.connect import get_requests_connector
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory

# What cannot be decoded, the error by which that is told, and why.
KNOWN = {
    "GET /v1/system/check-sets/{runId}": (
        "struct_value must be of type",
        "presentedArtifactsMap is documented as a map of objects; real ones hold arrays",
    ),
}


class Sdk:
    """Every operation of the SDK by its HTTP method and path, and what became of the calls."""

    def __init__(self, url, ca_file):
        self.session = requests.Session()
        self.session.verify = ca_file
        # Else the certificates and proxies of the environment would come first.
        self.session.trust_env = False
        self.connector = get_requests_connector(session=self.session, msg_protocol="rest", url=url)
        self.operations = {}
        self.made = self.decoded = self.excused = 0
        self.failed = []
        self._index()

    def _index(self):
        config = StubConfigurationFactory.new_std_configuration(self.connector)
        modules = [name for _, name, _ in pkgutil.walk_packages(v1.__path__, v1.__name__ + ".") if name.endswith("_client")]
        for module in [importlib.import_module(name) for name in [v1.__name__ + "_client", *modules]]:
            for candidate in vars(module).values():
                if not (isinstance(candidate, type) and issubclass(candidate, VapiInterface) and candidate is not VapiInterface):
                    continue
                interface = candidate(config)
                for name, rest in interface._api_interface._rest_metadata.items():
                    spelt = name.lower() + ("_" if keyword.iskeyword(name) else "")
                    self.operations[f"{rest.http_method} {rest._url_template}"] = getattr(interface, spelt)

    def ask(self, operation, *arguments, refused=None, **more):
        """Calls an operation. Answers what was decoded; None when nothing was. `refused`: the error code that is the right answer."""
        self.made += 1
        try:
            answer = self.operations[operation](*arguments, **more)
        except VapiError as error:
            return self._refused(operation, error, refused)
        except (CoreException, KeyError, TypeError, ValueError) as error:
            sign, why = KNOWN.get(operation, (None, None))
            if sign and sign in str(error):
                return self._excused(operation, why)
            return self._undecoded(operation, error)
        if refused:
            return self._undecoded(operation, f"answered, though {refused} was due")
        self.decoded += 1
        self._say(operation, described(answer))
        return answer

    def _refused(self, operation, error, expected):
        code = getattr(error, "error_code", None)
        if expected is None or code != expected:
            return self._undecoded(operation, error)
        self.decoded += 1
        self._say(operation, f"{type(error).__name__} {code}")

    def _excused(self, operation, why):
        self.excused += 1
        self._say(operation, f"not decoded, as known: {why}")

    def _undecoded(self, operation, error):
        text = " ".join(str(error).split())[:300]
        self.failed.append(operation)
        self._say(operation, f"NOT DECODED: {type(error).__name__} {text}")

    def _say(self, operation, text):
        print(f"  {operation:<70} {text}")


def described(answer):
    """The kind of an answer, and how much is in a list."""
    elements = answer if isinstance(answer, list) else getattr(answer, "elements", None)
    if elements is None:
        return "nothing" if answer is None else type(answer).__name__
    kinds = {type(element).__name__ for element in elements}
    return f"{len(elements)} x {', '.join(sorted(kinds)) or 'nothing'}"


def read(sdk, username, password, nine):
    token = sdk.ask("POST /v1/tokens", model.TokenCreationSpec(username=username, password=password))
    sdk.session.headers["Authorization"] = f"Bearer {token.access_token}"

    management, workload = inventory(sdk)
    releases(sdk, management, workload)
    bundles(sdk, management)
    lifecycle(sdk, management, nine)
    checks(sdk, management)
    health(sdk)
    if nine:
        only_nine(sdk, management)


def inventory(sdk):
    domains = sdk.ask("GET /v1/domains").elements
    management = next(domain for domain in domains if domain.type == "MANAGEMENT")
    workload = next(domain for domain in domains if domain.type == "VI")
    sdk.ask("GET /v1/domains/{id}", management.id)
    for name in ["clusters", "hosts", "vcenters", "nsxt-clusters", "edge-clusters", "sddc-managers", "vcf-services"]:
        first = sdk.ask(f"GET /v1/{name}").elements[0]
        sdk.ask(f"GET /v1/{name}/{{id}}", first.id)
    sdk.ask("GET /v1/hosts", domain_id=workload.id)
    sdk.ask("GET /v1/clusters", domain_id=workload.id)
    return management, workload


def releases(sdk, management, workload):
    sdk.ask("GET /v1/releases", domain_id=management.id)
    sdk.ask("GET /v1/releases/system")
    sdk.ask("GET /v1/releases/domains")
    sdk.ask("GET /v1/releases/domains/{domainId}", management.id)
    sdk.ask("GET /v1/releases/domains/{domainId}", workload.id, refused="TARGET_RELEASE_NOT_FOUND")
    for domain in (management, workload):
        sdk.ask("GET /v1/releases/domains/{domainId}/future-releases", domain.id)
    target = sdk.ask("GET /v1/releases/domains/{domainId}", management.id).target_version
    started = sdk.ask("POST /v1/releases/domains/{domainId}/validations", management.id, model.DomainRelease(target_version=target))
    sdk.ask("GET /v1/releases/domains/validations/{validationId}", started.id)


def bundles(sdk, management):
    sdk.ask("GET /v1/system/settings/depot")
    listed = sdk.ask("GET /v1/bundles").elements
    sdk.ask("GET /v1/bundles/domains/{id}", management.id)
    waiting = next(bundle for bundle in listed if bundle.download_status == "PENDING")
    now = model.BundleUpdateSpec(bundle_download_spec=model.BundleDownloadSpec(download_now=True))
    task = sdk.ask("PATCH /v1/bundles/{id}", waiting.id, now)
    sdk.ask("GET /v1/bundles/{id}", waiting.id)
    sdk.ask("GET /v1/tasks/{id}", task.id)
    sdk.ask("GET /v1/sddc-manager/upgradables")


def lifecycle(sdk, management, nine):
    sdk.ask("GET /v1/system/upgradables")
    offered = sdk.ask("GET /v1/upgradables/domains/{domainId}", management.id).elements[0]
    sdk.ask("GET /v1/upgradables/domains/{domainId}/clusters", management.id)
    sdk.ask("GET /v1/upgradables/domains/{domainId}/nsxt", management.id, offered.bundle_id)
    image = sdk.ask("GET /v1/personalities").elements[0]
    sdk.ask("GET /v1/personalities/{personalityId}", image.personality_id)
    upgrade = sdk.ask("GET /v1/upgrades").elements[0]
    sdk.ask("GET /v1/upgrades/{upgradeId}", upgrade.id)
    sdk.ask("GET /v1/tasks")
    sdk.ask("GET /v1/tasks/{id}", upgrade.task_id)
    if nine:
        sdk.ask("GET /v1/upgrades/preview", bundle_id=offered.bundle_id, domain_id=management.id)


def checks(sdk, management):
    domain = model.CheckSetQueryDomainResources(domain_id=management.id)
    found = sdk.ask("POST /v1/system/check-sets/queries", model.CheckSetQueryInput(check_set_type="UPGRADE", domains=[domain]))
    resources = [
        model.CheckSetResourceSelection(
            resource_name=one.resource_name,
            resource_id=one.resource_id,
            resource_type=one.resource_type,
            domain=model.DomainInfo(domain_id=one.domain.domain_id, domain_name=one.domain.domain_name, domain_type=one.domain.domain_type),
            check_sets=[model.SelectedCheckSetCandidate(check_set_id=each.check_set_id) for each in one.check_sets],
        )
        for one in found.resources
    ]
    run = sdk.ask("POST /v1/system/check-sets", model.CheckSetRunInput(query_id=found.query_id, resources=resources))
    last = sdk.ask("GET /v1/system/check-sets", domain_id=management.id)[0]
    sdk.ask("GET /v1/system/check-sets/{runId}", run.id)
    for _ in range(60):
        if last.state != "IN_PROGRESS":
            break
        time.sleep(1)
        # Not counted, for the sums shall not hang on the speed of the machine.
        last = sdk.operations["GET /v1/system/check-sets"](domain_id=management.id)[0]
    sdk.ask("GET /v1/system/check-sets/{runId}", run.id)


def health(sdk):
    sdk.ask("GET /v1/system/backup-configuration")
    sdk.ask("GET /v1/credentials")
    sdk.ask("GET /v1/credentials/tasks")
    sdk.ask("GET /v1/resource-warnings")
    wanted = model.NsxtCriterion(name="NSXT_CLUSTERS_WITH_STATUS")
    query = sdk.ask("POST /v1/nsxt-clusters/queries", wanted)
    sdk.ask("GET /v1/nsxt-clusters/queries/{id}", query.query_info.query_id)


def only_nine(sdk, management):
    sdk.ask("GET /v1/system/appliance-info")
    sdk.ask("GET /v1/domains/capabilities")
    sdk.ask("GET /v1/domains/{id}/capabilities", management.id)
    sdk.ask("GET /v1/bundles/download-status")


def main():
    vcf = sys.argv[1]
    ready = json.loads(sys.stdin.readline())
    sdk = Sdk(ready["url"], ready["ca_file"])
    try:
        read(sdk, ready["username"], ready["password"], vcf.startswith("9."))
    except (AttributeError, IndexError, StopIteration) as error:
        print(f"  ended early: {type(error).__name__} {error}")
        sdk.failed.append("the rest")
    print(f"{vcf}: calls made {sdk.made}, decoded {sdk.decoded}, known exceptions {sdk.excused}")
    if sdk.failed:
        print(f"{vcf}: not decoded: {', '.join(sdk.failed)}")
    return 1 if sdk.failed else 0


sys.exit(main())
