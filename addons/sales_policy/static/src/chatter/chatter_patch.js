import { Chatter } from "@mail/chatter/web_portal/chatter";
import { patch } from "@web/core/utils/patch";

patch(Chatter.prototype, {
    get childSubEnv() {
        return Object.assign(super.childSubEnv, { reloadChatterRecord: () => this.reloadParentView() });
    },
});
