/**
 * Choose a record in a field of a form, as somebody does who types what it is called.
 *
 * @param {string} field name of the field
 * @param {string} name what is typed, and what the choice contains
 * @param {string} [within] selector of what the field is in
 * @returns {Object[]} steps
 */
export function choose(field, name, within = "") {
    return [
        { content: `Look for ${name}`, trigger: `${within} div[name=${field}] input`, run: `edit ${name}` },
        { content: name, trigger: `.ui-autocomplete .dropdown-item:contains(${name})`, run: "click" },
    ];
}
