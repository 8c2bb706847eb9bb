"""Python: every sentence for a user can be translated; nothing that Odoo 19 ignores without a word."""
import ast
from pathlib import Path

USER_ERRORS = {"UserError", "ValidationError", "AccessError", "MissingError", "RedirectWarning", "AccessDenied"}
TRANSLATORS = {"_", "_lt"}
DROPPED = {"_sql_constraints": "write models.Constraint, Odoo 19 ignores _sql_constraints"}


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def _is_text(node):
    """A literal, or a text built around one, that no translator call wraps."""
    match node:
        case ast.Constant(value=str() as text):
            return bool(text.strip())
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Mod()):
            return _is_text(left)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_text(left) or _is_text(right)
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join")):
            return _is_text(value)
        case ast.IfExp(body=body, orelse=orelse):
            return _is_text(body) or _is_text(orelse)
    return False


def findings(addon: Path):
    for path in sorted(addon.rglob("*.py")):
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except SyntaxError as error:
            yield f"{path}:{error.lineno}: {error.msg}"
            continue
        shown = "tests" not in path.relative_to(addon).parts
        for node in ast.walk(tree):
            for line, text in _in_node(node, shown):
                yield f"{path}:{line}: {text}"


def _in_node(node, shown):
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                if _name(target) in DROPPED:
                    yield node.lineno, DROPPED[_name(target)]
        case ast.Call(func=func, args=[first, *_]) if shown and _name(func) in USER_ERRORS:
            if _is_text(first):
                yield node.lineno, f"{_name(func)} with a text that is not in self.env._()"
        case ast.Call(func=func, args=[first, *_]) if _name(func) in TRANSLATORS:
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                yield node.lineno, "only a literal can be translated: self.env._('… %(name)s', name=value)"
