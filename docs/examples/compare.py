from flowstd import applicant, diff, end, window, workdays

old = applicant.submit("提交申请") >> window.accept("受理", within=workdays(5)) >> end.done
new = applicant.submit("提交申请") >> window.accept("受理", within=workdays(3)) >> end.done
print(diff(old, new))
