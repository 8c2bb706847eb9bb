# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invented people, companies and sentences from which make_samples.py builds a customer list."""

# name, login, team, role
SALESPEOPLE = [
    ("卓砚秋", "zhuo.yanqiu", "", "manager"),
    ("祁望舒", "qi.wangshu", "华东", "leader"),
    ("霍知行", "huo.zhixing", "华南", "leader"),
    ("简宁远", "jian.ningyuan", "华东", "salesperson"),
    ("蔺若溪", "lin.ruoxi", "华东", "salesperson"),
    ("佟景言", "tong.jingyan", "华东", "salesperson"),
    ("温疏桐", "wen.shutong", "华东", "salesperson"),
    ("阮听澜", "ruan.tinglan", "华南", "salesperson"),
    ("邬明朗", "wu.minglang", "华南", "salesperson"),
    ("费予安", "fei.yuan", "华南", "salesperson"),
    ("宫云帆", "gong.yunfan", "华南", "salesperson"),
    ("莫知夏", "mo.zhixia", "华东", "salesperson"),
    ("洛怀瑾", "luo.huaijin", "华南", "salesperson"),
    ("岑望北", "cen.wangbei", "华东", "leaver"),
]
# Billing: without it Odoo refuses to import people of a company (odoo/odoo issue 126567).
GROUPS = {
    "manager": "sales_team.group_sale_manager,base.group_partner_manager,account.group_account_invoice",
    "leader": "sales_team.group_sale_salesman_all_leads",
    "salesperson": "sales_team.group_sale_salesman",
    "leaver": "sales_team.group_sale_salesman",
}

TAGS = ["终端用户", "经销商", "OEM厂", "重点客户"]

# city, area code, first digits of a line
CITIES = [
    ("上海", "021", "6555"), ("苏州", "0512", "6555"), ("无锡", "0510", "8255"), ("宁波", "0574", "8755"),
    ("杭州", "0571", "8755"), ("合肥", "0551", "6555"), ("南京", "025", "8455"), ("青岛", "0532", "8555"),
    ("济南", "0531", "8855"), ("武汉", "027", "8755"), ("长沙", "0731", "8455"), ("广州", "020", "8755"),
    ("深圳", "0755", "8255"), ("东莞", "0769", "2255"), ("佛山", "0757", "8255"), ("成都", "028", "8555"),
    ("重庆", "023", "6855"), ("西安", "029", "8855"), ("天津", "022", "2355"), ("沈阳", "024", "2355"),
]
BRAND_FIRST = "瀚峤珩屹熠沅朔祺铎筠翊崟澍骁"
BRAND_LAST = "泽桓翎岳铂麓曜川砺枢霖骏"
TRADES = [
    "机械制造", "精密模具", "阀门", "液压设备", "轴承", "自动化设备", "电气", "泵业", "五金制品", "包装机械",
    "纺织机械", "起重设备",
]
FORMS = ["有限公司", "有限公司", "有限公司", "股份有限公司", "厂"]

SURNAMES = "佘邝厉晏甄郗乜裘芮靳喻蒯虞谌邢戚仇闵鲜滕冼麦"
GIVEN_FIRST = "承书砚亦令初怀望知叙聿舒映闻"
GIVEN_LAST = "屿礼遥棠澄川晗禾岚珂笙越筝朗"

FUNCTIONS = ["采购经理", "总经理", "工程师", "会计"]
ROADS = ["工业大道", "创业路", "滨河路", "机电路", "开发区一路", "望江路", "科技园路"]

OPENINGS = {
    "call": ["电话里谈到", "打电话询问", "电话沟通"],
    "visit": ["上门拜访，谈了", "到厂里看了现场，谈了"],
    "message": ["微信沟通", "发信息说到"],
    "email": ["邮件往来，确认了"],
    "meeting": ["开会商量", "见面商量"],
    "fax": ["传真确认"],
    "other": ["展会上谈到"],
}
MATTERS = [
    "两台数控车床的报价", "配件交货期", "去年设备的保养", "月结的付款方式", "一批液压泵的选型",
    "样品试用情况", "年度框架合同", "竞争对手的价格", "新厂房的设备清单", "图纸的修改意见",
]
OUTCOMES = [
    "需下周再跟进", "已发报价单", "对方内部讨论后回复", "约好现场看样", "暂时没有预算", "要求再优惠一点",
    "等总经理签字", "基本满意",
]
NEXT_STEPS = ["寄样品", "重新报价", "约拜访时间", "发合同草案", "问技术部参数", "催对方回复"]
