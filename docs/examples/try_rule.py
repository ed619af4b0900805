from our_rules import RULE

assert list(RULE.check(RULE.bad()))
assert not list(RULE.check(RULE.good()))
for fault in RULE.check(RULE.bad()):
    print(fault.message)
