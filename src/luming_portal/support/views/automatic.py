from django.http import HttpResponse
def run_list(request, **kw): return HttpResponse('')
def run_create(request, **kw): return HttpResponse('')
def run_page(request, **kw): return HttpResponse('')
def run_export(request, **kw): return HttpResponse('')
def run_stop(request, **kw): return HttpResponse('')
def run_confirm(request, **kw): return HttpResponse('')
def take_off(request, **kw): return HttpResponse('')
