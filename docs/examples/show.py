from flowstd import applicant, compile_flow, end, flow_of, window

flow = flow_of(applicant.submit("提出申请") >> window.do("查询档案") >> end.done, "查询")
chart = compile_flow(flow)
print(chart.summary())
chart.save("query.svg")
chart.save("query.bpmn")
